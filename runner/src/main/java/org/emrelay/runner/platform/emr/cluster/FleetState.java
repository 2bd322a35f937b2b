package org.emrelay.runner.platform.emr.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one fleet wants and has got, in units.
 *
 * @param weights how many units a machine of each of its types gives
 */
public record FleetState(
        String name,
        String state,
        String reason,
        int onDemandWanted,
        int onDemandThere,
        int spotWanted,
        int spotThere,
        Map<String, Integer> weights) {
    public FleetState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /** The types that it may be made of, in the order in which it was asked for them. */
    public List<String> types() {
        return List.copyOf(weights.keySet());
    }

    /** {@code core 4/8 on demand, 0/16 spot}. */
    public String words() {
        StringBuilder words = new StringBuilder(name);
        if (onDemandWanted > 0 || onDemandThere > 0 || spotWanted == 0) {
            words.append(' ')
                    .append(onDemandThere)
                    .append('/')
                    .append(onDemandWanted)
                    .append(" on demand");
        }
        if (spotWanted > 0 || spotThere > 0) {
            words.append(onDemandWanted > 0 || onDemandThere > 0 ? ", " : " ");
            words.append(spotThere).append('/').append(spotWanted).append(" spot");
        }
        return words.toString();
    }
}
