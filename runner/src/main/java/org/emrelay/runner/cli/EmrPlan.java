package org.emrelay.runner.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.price.CostEstimate;
import org.emrelay.runner.platform.aws.price.PriceRange;
import org.emrelay.runner.platform.aws.price.PriceReport;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.emr.blueprint.BootstrapScripts;
import org.emrelay.runner.platform.emr.blueprint.ClusterResources;
import org.emrelay.runner.platform.emr.blueprint.ResourcePlanReport;
import org.jspecify.annotations.Nullable;

/** What {@code plan -t emr} says of the cluster: what would be made on AWS, and what that costs. It asks nobody. */
final class EmrPlan {
    static final String NO_NAME = "<name>";

    private final ResourcePlanReport blueprint;
    private final PriceReport price;

    /** @param region whose prices are shown; null for the usual one's */
    EmrPlan(Cluster cluster, @Nullable String region, Map<String, PriceRange> spotPrices) {
        String name = Objects.requireNonNullElse(cluster.name(), NO_NAME);
        BootstrapScripts scripts =
                BootstrapScripts.of(cluster, new ContentHashes().of(BootstrapScripts.files(cluster)));
        this.blueprint = new ResourcePlanReport(new ClusterResources(cluster, name, AwsScope.UNKNOWN), scripts);
        PriceTable table = PriceTable.of(Objects.requireNonNullElse(region, PriceTable.USUAL_REGION));
        this.price = new PriceReport(cluster, new CostEstimate(cluster, table, spotPrices));
    }

    String text() {
        return "\nOn AWS, create_cluster makes:\n\n" + blueprint.text() + "\n" + price.text();
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>(blueprint.document());
        document.put("dollars_an_hour", price.document());
        return document;
    }
}
