"""What is handed out: the columns anybody may get, and the files."""
