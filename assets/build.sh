#!/usr/bin/env bash
# Rebuild what src/tinhso/web/static/ and web/icons/ hold. Needs Node 20 and Python 3.11; users never run it.
set -euo pipefail
cd "$(dirname "$0")"
static=../src/tinhso/web/static
[ -d node_modules ] || npm ci --ignore-scripts
mkdir -p "$static/css" "$static/fonts" "$static/vendor"
for sheet in portal desk designer hall map plans operations reports tokens gallery; do
  node_modules/.bin/sass --load-path=sass --load-path=node_modules --no-source-map --no-charset --style=compressed "sass/$sheet.scss" "$static/css/$sheet.css"
done
fonts=node_modules/@fontsource-variable/public-sans/files
cp "$fonts/public-sans-latin-wght-normal.woff2" "$static/fonts/public-sans-latin.woff2"
cp "$fonts/public-sans-vietnamese-wght-normal.woff2" "$static/fonts/public-sans-vietnamese.woff2"
sed '/sourceMappingURL/d' node_modules/leaflet/dist/leaflet.js > "$static/vendor/leaflet.js"
sed '/sourceMappingURL/d' node_modules/htmx.org/dist/htmx.min.js > "$static/vendor/htmx.min.js"
python3 build_icons.py
python3 build_versions.py
