"""The two roles of the catalogue, as ``packs/vietnam/roles.yaml`` names them."""

EDITOR, PUBLISHER = "catalogue_editor", "catalogue_publisher"
