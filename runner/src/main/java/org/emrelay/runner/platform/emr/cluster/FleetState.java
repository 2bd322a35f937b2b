package org.emrelay.runner.platform.emr.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;

/**
 * Target and provisioned capacity of one instance fleet, in units.
 *
 * @param weights capacity units per instance, by instance type
 * @param volumes the EBS volumes of each instance but its root volume, by instance type; none for what EMR does not say
 */
public record FleetState(
        String id,
        String name,
        String state,
        String reason,
        int onDemandTarget,
        int onDemandProvisioned,
        int spotTarget,
        int spotProvisioned,
        Map<String, Integer> weights,
        Map<String, List<Volume>> volumes) {
    public FleetState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        volumes = Map.copyOf(volumes);
    }

    /** The instance types of the fleet, in the requested order. */
    public List<String> types() {
        return List.copyOf(weights.keySet());
    }

    /** For example {@code core 4/8 on demand, 0/16 spot}. */
    public String summary() {
        StringBuilder summary = new StringBuilder(name);
        if (onDemandTarget > 0 || onDemandProvisioned > 0 || spotTarget == 0) {
            summary.append(' ')
                    .append(onDemandProvisioned)
                    .append('/')
                    .append(onDemandTarget)
                    .append(" on demand");
        }
        if (spotTarget > 0 || spotProvisioned > 0) {
            summary.append(onDemandTarget > 0 || onDemandProvisioned > 0 ? ", " : " ");
            summary.append(spotProvisioned).append('/').append(spotTarget).append(" spot");
        }
        return summary.toString();
    }
}
