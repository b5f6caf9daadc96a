/// How long a run took: the only thing published that depends on a clock.
public struct RunTimings: Hashable, Sendable {
    public struct Stage: Hashable, Sendable {
        public var name: String
        /// Images worked on in this run.
        public var images: Int
        /// Images whose result was there already.
        public var reused: Int
        public var seconds: Double

        public init(name: String, images: Int, reused: Int, seconds: Double) {
            self.name = name
            self.images = images
            self.reused = reused
            self.seconds = seconds
        }
    }

    /// When the run ended, as it is to be shown; nil leaves it out.
    public var finished: String?
    public var stages: [Stage]
    /// From start to end, seconds.
    public var total: Double

    public init(finished: String?, stages: [Stage], total: Double) {
        self.finished = finished
        self.stages = stages
        self.total = total
    }
}
