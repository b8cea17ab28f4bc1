"""What is computed about indicators: pure functions without Django."""
