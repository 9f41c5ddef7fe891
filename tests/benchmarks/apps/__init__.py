"""The smallest Textual programs that the screens are compared with."""
