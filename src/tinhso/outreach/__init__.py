"""What the state does before it is asked: reminders of what expires, proposals of what comes due."""
