package org.emrelay.runner.platform.aws.s3;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.platform.OutputFiles;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;

/** Inspects a step's output: the objects below a URI, or the single object at it. */
record S3Output(AwsContext aws, S3Uri uri) {
    /** Summarizes the output; empty when it is missing or uncommitted. */
    Optional<OutputSummary> summary() {
        Found found = find();
        List<S3Object> below = found.below();
        SortedMap<String, Long> sizes = new TreeMap<>();
        if (below.isEmpty()) {
            found.at().ifPresent(file -> sizes.put("", file.size()));
            return sizes.isEmpty() ? Optional.empty() : Optional.of(OutputFiles.summarize(sizes));
        }
        for (S3Object object : below) {
            String path = object.key().substring(uri.keyPrefix().length());
            PathKind kind = pathKind(path);
            if (kind == PathKind.UNCOMMITTED) {
                return Optional.empty();
            } else if (kind == PathKind.DATA && !object.isFolderMarker()) {
                sizes.put(path, object.size());
            }
        }
        return Optional.of(OutputFiles.summarize(sizes));
    }

    /** How Spark treats a path in an output. */
    private enum PathKind {
        DATA,
        HIDDEN,
        UNCOMMITTED
    }

    /** The first special segment of a path decides, as in a directory walk. */
    private static PathKind pathKind(String path) {
        for (String name : path.split("/", -1)) {
            if (OutputFiles.isUncommitted(name)) {
                return PathKind.UNCOMMITTED;
            } else if (OutputFiles.isHidden(name)) {
                return PathKind.HIDDEN;
            }
        }
        return PathKind.DATA;
    }

    boolean hasObjects() {
        S3Objects bucket = new S3Objects(aws);
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<Boolean> below = tasks.start(() -> bucket.existsBelow(uri));
            Task<Optional<S3Object>> at = tasks.start(() -> bucket.find(uri));
            tasks.join();
            return below.get() || at.get().isPresent();
        }
    }

    /** All objects of the output, without those that only share its name as a prefix. */
    List<S3Object> objects() {
        Found found = find();
        return Stream.concat(found.at().stream(), found.below().stream()).toList();
    }

    /** The objects below the URI and the object at it. */
    private record Found(List<S3Object> below, Optional<S3Object> at) {}

    private Found find() {
        S3Objects bucket = new S3Objects(aws);
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<List<S3Object>> below = tasks.start(() -> bucket.listBelow(uri));
            Task<Optional<S3Object>> at = tasks.start(() -> bucket.find(uri));
            tasks.join();
            return new Found(below.get(), at.get());
        }
    }
}
