"""What is published: the minutes, their renderings and signatures."""
