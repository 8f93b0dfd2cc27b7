"""The only writers of conversations, statements, answers and maps."""
