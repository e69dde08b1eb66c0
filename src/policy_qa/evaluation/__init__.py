"""Measuring answers: question sets, metrics, the runner."""
