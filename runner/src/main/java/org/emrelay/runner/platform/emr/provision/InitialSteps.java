package org.emrelay.runner.platform.emr.provision;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.emr.spec.ClusterResources;

/** The steps submitted with RunJobFlow. They run without the runner. */
@FunctionalInterface
public interface InitialSteps {
    InitialSteps NONE = (resources, creationId) -> List.of();

    /**
     * Uploads what the steps need and returns their StepConfig JSON. Called when all resources but the cluster exist.
     *
     * @param creationId identifies the cluster while it has no id
     */
    List<Map<String, Object>> prepare(ClusterResources resources, String creationId);
}
