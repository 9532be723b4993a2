"""The fixed samples besides receipts: bank statements and forms, drawn with what they state."""
