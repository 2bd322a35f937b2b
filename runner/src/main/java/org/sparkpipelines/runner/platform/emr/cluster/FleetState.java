package org.sparkpipelines.runner.platform.emr.cluster;

import java.util.List;
import java.util.Objects;

/** What one fleet wants and has got, in units. */
public record FleetState(
        String name,
        String state,
        String reason,
        int onDemandWanted,
        int onDemandThere,
        int spotWanted,
        int spotThere,
        List<String> types) {
    public FleetState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        types = List.copyOf(types);
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
