package org.emrelay.runner.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.s3.BucketSize;
import org.emrelay.runner.platform.emr.orphan.BucketSelection;
import org.emrelay.runner.platform.emr.orphan.Orphan;
import org.emrelay.runner.platform.emr.orphan.OwnedResource;
import org.jspecify.annotations.Nullable;

/**
 * AWS resources whose cluster no longer exists.
 *
 * @param sizes the known sizes of buckets, by name
 * @param buckets the names of buckets to delete too
 * @param deletion null before anything is deleted
 */
public record OrphanReport(
        List<Orphan> orphans,
        Map<String, BucketSize> sizes,
        BucketSelection buckets,
        @Nullable DeletionOutcome deletion)
        implements Report {
    private static final String YOUNG = "kept: younger than an hour, or of unknown age";

    public OrphanReport {
        orphans = List.copyOf(orphans);
        sizes = Map.copyOf(sizes);
    }

    @Override
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        List<Map<String, Object>> resources = new ArrayList<>();
        for (Orphan orphan : orphans) {
            for (OwnedResource resource : orphan.resources()) {
                resources.add(document(orphan, resource));
            }
        }
        document.put("orphans", resources);
        if (deletion != null) {
            document.put("removed", deletion.removed());
            document.put("kept", deletion.kept());
            document.put("failed", deletion.failures());
        }
        return document;
    }

    private Map<String, Object> document(Orphan orphan, OwnedResource resource) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("cluster", orphan.owner().cluster());
        document.put("workspace", orphan.owner().workspaceId());
        document.put("kind", resource.kind().toString());
        document.put("name", resource.name());
        document.put("id", resource.id());
        document.put("created", resource.createdText());
        document.put("removable", orphan.removableResources(buckets).contains(resource));
        BucketSize size = sizes.get(resource.name());
        if (resource.isBucket() && size != null) {
            document.put("objects", size.objects());
            document.put("bytes", size.bytes());
            document.put("size_is_complete", size.isComplete());
        }
        return document;
    }

    @Override
    public void writeText(PrintStream out) {
        if (deletion != null) {
            deletion.removed().forEach(resource -> out.println("removed " + resource));
            deletion.kept().forEach(resource -> out.println("kept    " + resource));
        } else if (orphans.isEmpty()) {
            out.println("No orphaned resources.");
        } else {
            out.print(table().text());
        }
    }

    private TextTable table() {
        TextTable table = new TextTable("CLUSTER", "CREATED BY", "RESOURCE", "NAME", "CREATED", "");
        for (Orphan orphan : orphans) {
            for (OwnedResource resource : orphan.resources()) {
                table.row(
                        orphan.owner().cluster(),
                        orphan.ownWorkspace()
                                ? "this workspace"
                                : "workspace " + orphan.owner().workspaceId(),
                        resource.kind().toString(),
                        resource.name(),
                        resource.createdText(),
                        fate(orphan, resource));
            }
        }
        return table;
    }

    private String fate(Orphan orphan, OwnedResource resource) {
        if (!resource.isBucket()) {
            return orphan.removable() ? "can be deleted" : YOUNG;
        }
        String content = "results and logs" + size(resource.name());
        if (!orphan.removable()) {
            return YOUNG + " (" + content + ")";
        } else if (orphan.removableResources(buckets).contains(resource)) {
            return "can be deleted with its " + content;
        }
        String option = orphan.ownWorkspace() ? "--delete-bucket" : "--bucket " + resource.name();
        return "kept: " + content + " (" + option + " deletes it)";
    }

    private String size(String bucket) {
        BucketSize size = sizes.get(bucket);
        if (size == null) {
            return "";
        }
        return ", " + (size.isComplete() ? "" : "more than ") + Quantities.bytes(size.bytes()) + " in "
                + Quantities.count(size.objects(), "object");
    }
}
