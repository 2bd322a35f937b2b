package org.emrelay.runner.platform.emr.provision;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.emr.spec.ClusterResources;

/** The steps submitted with RunJobFlow. They run without the runner. */
public interface InitialSteps {
    InitialSteps NONE = new InitialSteps() {
        @Override
        public List<Map<String, Object>> prepare(ClusterResources resources, String creationId) {
            return List.of();
        }

        @Override
        public void move(String creationId) {}
    };

    /**
     * Uploads what the steps need and returns their StepConfig JSON. Called when all resources but the cluster exist.
     *
     * @param creationId identifies the cluster while it has no id
     */
    List<Map<String, Object>> prepare(ClusterResources resources, String creationId);

    /** The prepared steps are submitted once more, with another cluster: the first one ended before it ran any. */
    void move(String creationId);
}
