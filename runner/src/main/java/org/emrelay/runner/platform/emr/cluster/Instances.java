package org.emrelay.runner.platform.emr.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.aws.client.AwsContext;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceTimeline;
import software.amazon.awssdk.services.emr.model.ListInstancesResponse;
import software.amazon.awssdk.services.emr.model.MarketType;

/** The machines that a cluster has and had, those that are gone among them. */
public final class Instances {
    private final AwsContext aws;

    public Instances(AwsContext aws) {
        this.aws = aws;
    }

    public List<ListedInstance> list(String cluster) {
        List<ListedInstance> machines = new ArrayList<>();
        String marker = "";
        while (marker != null) {
            String from = marker.isEmpty() ? null : marker;
            ListInstancesResponse page = aws.patience()
                    .askBriefly(
                            "list the machines of the cluster " + cluster,
                            () -> aws.clients()
                                    .emr()
                                    .listInstances(request ->
                                            request.clusterId(cluster).marker(from)));
            page.instances().forEach(instance -> machines.add(machine(instance)));
            marker = page.marker() == null || page.marker().isEmpty() ? null : page.marker();
        }
        return machines;
    }

    private static ListedInstance machine(Instance instance) {
        boolean timed = instance.status() != null && instance.status().timeline() != null;
        InstanceTimeline timeline = timed
                ? instance.status().timeline()
                : InstanceTimeline.builder().build();
        return new ListedInstance(
                Objects.toString(instance.instanceType(), "a type that EMR does not name"),
                instance.market() == MarketType.SPOT,
                instance.status() == null
                        ? ""
                        : Objects.toString(instance.status().stateAsString(), ""),
                timeline.creationDateTime(),
                timeline.endDateTime());
    }
}
