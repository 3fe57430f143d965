"""What an audit and a refresh say: lines, JSON and comments."""
