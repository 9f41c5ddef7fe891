"""What is kept: the durable, chained file of a session’s acts."""
