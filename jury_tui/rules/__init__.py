"""What the texts say: pure functions over rulebooks and people."""
