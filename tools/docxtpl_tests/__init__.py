"""docxtpl's own tests run with two template engines, and what each makes told line by line."""
