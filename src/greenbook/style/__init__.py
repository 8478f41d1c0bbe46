"""What charts and tables look like."""
