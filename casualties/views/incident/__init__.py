"""The page of one incident: its people, its facts, its history."""
