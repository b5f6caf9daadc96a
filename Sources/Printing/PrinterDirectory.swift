internal import CCUPS
import DossierModel

/// The printers set up on this machine.
public enum PrinterDirectory {
    /// The queues of the print scheduler, the default one first, then by name. None where no scheduler runs.
    public static func printers() -> [Printer] {
        let found = Found()
        unsafe _ = cupsEnumDests(
            UInt32(CUPS_DEST_FLAGS_NONE), 2_000, nil, 0, 0,
            { context, _, destination in
                if let context = unsafe context, let destination = unsafe destination {
                    let found = unsafe Unmanaged<Found>.fromOpaque(context).takeUnretainedValue()
                    if let printer = unsafe PrinterDirectory.printer(destination.pointee) { found.printers[printer.name] = printer }
                }
                return 1
            }, Unmanaged.passUnretained(found).toOpaque())
        return found.printers.values.sorted { ($0.isDefault ? 0 : 1, $0.name) < ($1.isDefault ? 0 : 1, $1.name) }
    }

    private final class Found { var printers: [String: Printer] = [:] }

    /// nil for a device in the neighbourhood that is no queue yet: it is printed on by its address.
    private static func printer(_ destination: cups_dest_t) -> Printer? {
        guard let name = unsafe destination.name,
            let uri = unsafe cupsGetOption("printer-uri-supported", destination.num_options, destination.options)
        else { return nil }
        return unsafe Printer(queue: String(cString: name), uri: String(cString: uri), isDefault: destination.is_default != 0)
    }
}
