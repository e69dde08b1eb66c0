"""What one office keeps of its own: users, conversations, feedback, packs, the audit log."""
