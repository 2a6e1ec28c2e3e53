"""What is read (`Observation`, `Source`, `Dataset`) and what is promised to scripts (`Report`)."""
