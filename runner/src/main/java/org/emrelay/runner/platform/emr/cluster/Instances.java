package org.emrelay.runner.platform.emr.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.Pages;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceTimeline;
import software.amazon.awssdk.services.emr.model.ListInstancesResponse;
import software.amazon.awssdk.services.emr.model.MarketType;

/** Lists the instances of a cluster, including terminated ones. */
public final class Instances {
    private final AwsContext aws;

    public Instances(AwsContext aws) {
        this.aws = aws;
    }

    public List<ListedInstance> list(String cluster) {
        List<ListedInstance> instances = new ArrayList<>();
        Pages.forEach(marker -> {
            ListInstancesResponse page = aws.callBriefly(
                    "list the instances of cluster " + cluster,
                    () -> aws.emr()
                            .listInstances(request -> request.clusterId(cluster).marker(marker)));
            page.instances().forEach(instance -> instances.add(toListedInstance(instance)));
            return page.marker();
        });
        return instances;
    }

    private static ListedInstance toListedInstance(Instance instance) {
        boolean hasTimeline = instance.status() != null && instance.status().timeline() != null;
        InstanceTimeline timeline = hasTimeline
                ? instance.status().timeline()
                : InstanceTimeline.builder().build();
        boolean hasReason = instance.status() != null && instance.status().stateChangeReason() != null;
        return new ListedInstance(
                Objects.toString(instance.ec2InstanceId(), Objects.toString(instance.id(), "")),
                Objects.toString(instance.instanceType(), "unknown type"),
                instance.market() == MarketType.SPOT,
                instance.status() == null
                        ? ""
                        : Objects.toString(instance.status().stateAsString(), ""),
                hasReason
                        ? Objects.toString(instance.status().stateChangeReason().message(), "")
                        : "",
                timeline.creationDateTime(),
                timeline.endDateTime());
    }
}
