"""Joining the graph with what others publish: by key where there is one, by wording where it holds."""
