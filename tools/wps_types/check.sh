#!/usr/bin/env bash
# The types of the add-in for WPS and of the tests' double, by tsc and npm's wps-jsapi.
# Both are installed into a folder that is thrown away; the repository holds neither.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$here/../.."
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cp "$here"/package.json "$here"/tsconfig.json "$here"/model.d.ts "$here"/held.ts "$folder"
mkdir "$folder/pages" "$folder/double"
cp "$root"/gouji/desk/wps/pages/*.js "$folder/pages"
cp "$root"/tests/desk/wps/*.js "$folder/double"
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts
npx --no-install tsc --project tsconfig.json
