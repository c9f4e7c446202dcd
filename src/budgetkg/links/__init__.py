"""Links from the graph to data of others: by a key where both have one, else by the wording of labels."""
