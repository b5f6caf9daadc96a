#!/usr/bin/env bash
# Installs the peers that “make bench” measures beside Dossier, each in a virtual environment of its own under .vendor,
# pinned with hashes in Benchmarks/NAME-requirements.txt: OCRmyPDF and RapidOCR. Run by “make bench” only; re-runnable.
set -euo pipefail
cd "$(dirname "$0")/.."
say()  { printf 'setup-bench: %s\n' "$*" >&2; }
fail() { printf 'setup-bench: FAILED: %s\nsetup-bench: what to do: %s\n' "$1" "$2" >&2; exit 1; }

# Tesseract and its Chinese data come with “make setup”; OCRmyPDF 17 draws pages with pdfium and makes PDF/A without
# Ghostscript. Its -r needs Tesseract's orientation data, -d needs nothing more.
packages=(python3-venv tesseract-ocr-osd qpdf poppler-utils)

install_packages() {
    local missing=() package
    for package in "${packages[@]}"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    say "Debian packages to install: ${missing[*]}"
    local root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -v; } ||
        fail "packages have to be installed, and this is neither root nor may it use sudo" \
             "run as root once:  apt-get install -y --no-install-recommends ${missing[*]}"
    "${root[@]}" apt-get update -q >&2 || fail "apt-get update failed" "check the network and /etc/apt/sources.list"
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2 ||
        fail "apt-get could not install: ${missing[*]}" "read apt's message above, then run “make bench” again"
}

# install_peer NAME VERSION COMMAND: COMMAND tells whether it is there.
install_peer() {
    local name=$1 version=$2 command=$3
    local venv=$PWD/.vendor/$name requirements=$PWD/Benchmarks/$name-requirements.txt
    if sha256sum --check --status "$venv/.installed" 2>/dev/null && [ -x "$venv/bin/$command" ]; then
        say "$name $version: there"
        return
    fi
    say "$name $version: installing"
    rm -rf "$venv"
    /usr/bin/python3 -m venv "$venv" || fail "no virtual environment could be made" "free disk space, then run “make bench” again"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r "$requirements" >&2 ||
        fail "could not install $name $version from PyPI" \
             "check the network (or pip's index settings); or measure without it: make bench BENCH=--no-peer"
    sha256sum "$requirements" > "$venv/.installed"
}

install_packages
install_peer ocrmypdf 17.13.0 ocrmypdf
install_peer rapidocr 3.10.0 rapidocr
