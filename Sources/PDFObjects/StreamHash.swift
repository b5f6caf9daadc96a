internal import CQPDF
import DossierModel
import Hashing

/// Takes the streams of a canonical form from C, one after the other, and gives their SHA-256.
final class StreamHash {
    private var hash: SHA256? = SHA256()

    private func update(_ bytes: UnsafeRawBufferPointer) { unsafe hash!.update(bytes) }

    private func finish() -> String {
        let digest = hash.take()!.finalized()
        hash = SHA256()
        return digest.hex
    }

    /// As C calls it; valid while this object lives.
    var callbacks: CQPDFDigest {
        unsafe CQPDFDigest(
            context: Unmanaged.passUnretained(self).toOpaque(),
            take: { context, bytes, count in
                unsafe Unmanaged<StreamHash>.fromOpaque(context!).takeUnretainedValue().update(UnsafeRawBufferPointer(start: bytes, count: count))
            },
            finish: { context, hex in
                let digits = unsafe Unmanaged<StreamHash>.fromOpaque(context!).takeUnretainedValue().finish()
                for (place, digit) in digits.utf8.enumerated() { unsafe hex![place] = CChar(digit) }
            })
    }
}
