package org.emrelay.runner.platform.emr.provision;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.emr.blueprint.ClusterResources;

/** The steps that go with the request for a cluster, so that nobody is needed afterwards for them to run. */
@FunctionalInterface
public interface InitialSteps {
    InitialSteps NONE = (blueprint, creation) -> List.of();

    /**
     * Makes ready what they need, when everything but the cluster is there, and tells what EMR is to be told of them, in EMR's own JSON.
     *
     * @param creation tells this cluster from all others, while it has no id
     */
    List<Map<String, Object>> of(ClusterResources blueprint, String creation);
}
