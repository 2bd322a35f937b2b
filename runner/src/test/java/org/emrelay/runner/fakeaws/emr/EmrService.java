package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import org.emrelay.runner.fakeaws.wire.JsonService;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Service;

/** The fake EMR on EC2. */
public final class EmrService {
    private EmrService() {}

    public static Service emr(EmrState state) {
        Operations operations = new Operations();
        ClusterOperations clusters = new ClusterOperations(state);
        clusters.addTo(operations);
        new ClusterReadOperations(state).addTo(operations);
        new StepOperations(state, clusters).addTo(operations);
        new SecurityConfigurationOperations(state).addTo(operations);
        Releases.addTo(operations);
        return new JsonService(
                "elasticmapreduce",
                List.of("ClusterId", "JobFlowId", "JobFlowIds", "ResourceId", "Name", "ReleaseLabel"),
                operations);
    }
}
