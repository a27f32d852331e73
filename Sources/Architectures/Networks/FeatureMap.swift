internal import Inference

/// A value of the graph that is written, and its number of channels.
package struct FeatureMap {
  var value: Graph.ValueID
  var channels: Int
}
