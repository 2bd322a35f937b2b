package org.emrelay.runner.platform.aws.price;

import java.util.Map;

/**
 * The provisioned units of an instance fleet, of any of its instance types.
 *
 * @param weights the weighted capacity of each instance type
 */
public record FleetUsage(Map<String, Integer> weights, int onDemandUnits, int spotUnits) {
    public FleetUsage {
        weights = Map.copyOf(weights);
    }
}
