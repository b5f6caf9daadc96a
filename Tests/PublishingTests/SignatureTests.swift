import Hashing
import Testing

@testable import Publishing

@Suite struct SignatureTests {
    // RFC 8032 §7.1, test 2.
    private static let text = "dossier-private-key/1 ed25519 4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb\n"
    private static let key = try! Ed25519.PrivateKey(text: text)

    @Test func signaturesAreThoseOfTheStandard() {
        #expect(Self.key.publicKey.description == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        #expect(
            Hex.text(Self.key.signature(of: [0x72]))
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        #expect(Self.key.text == Self.text)
    }

    @Test func aSignatureHoldsForItsManifestAndKeyOnly() {
        let manifest = Array("{}\n".utf8), other = Ed25519.PrivateKey()
        let signature = ManifestSignature(of: manifest, by: Self.key).json
        let check = Verification.checkSignature
        #expect(check(signature, manifest, Self.key.publicKey).isEmpty && check(signature, manifest, nil).isEmpty)
        #expect(check(signature, manifest, other.publicKey).map(\.kind) == [.disagrees])
        #expect(check(nil, manifest, Self.key.publicKey).map(\.kind) == [.missing] && check(nil, manifest, nil).isEmpty)
        for place in manifest.indices {
            var changed = manifest
            changed[place] ^= 1
            #expect(!check(signature, changed, nil).isEmpty)
        }
        for place in signature.indices {
            var changed = signature
            changed[place] ^= 1
            #expect(!check(changed, manifest, Self.key.publicKey).isEmpty, "byte \(place)")
        }
    }
}
