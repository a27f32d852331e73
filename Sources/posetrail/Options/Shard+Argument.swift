internal import ArgumentParser
internal import Pipeline

extension Shard: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
