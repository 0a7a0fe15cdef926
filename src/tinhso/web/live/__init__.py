"""Parts of pages that look again by themselves (``static/js/live.js``)."""
