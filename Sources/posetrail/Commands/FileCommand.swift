internal import ArgumentParser

/// A command that reads and writes files, and in which no network computes.
protocol FileCommand: ParsableCommand {}
