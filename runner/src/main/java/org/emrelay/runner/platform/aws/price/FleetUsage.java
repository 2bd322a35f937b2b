package org.emrelay.runner.platform.aws.price;

import java.util.Map;

/**
 * What a fleet has got, in units, of whichever of its types.
 *
 * @param weights how many units one machine of a type gives
 */
public record FleetUsage(Map<String, Integer> weights, int onDemand, int spot) {
    public FleetUsage {
        weights = Map.copyOf(weights);
    }
}
