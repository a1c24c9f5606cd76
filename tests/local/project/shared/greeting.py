"""What a test edits."""

WORD = "hello"
