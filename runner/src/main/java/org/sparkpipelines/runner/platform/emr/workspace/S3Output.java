package org.sparkpipelines.runner.platform.emr.workspace;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sparkpipelines.runner.platform.OutputContent;
import org.sparkpipelines.runner.platform.OutputSummary;
import org.sparkpipelines.runner.platform.emr.access.Aws;

/** Looks at what a step has written: objects below a place, or one object at it. */
final class S3Output {
    private final S3Place place;
    private final S3Listing listing;

    S3Output(Aws aws, S3Place place) {
        this.place = place;
        this.listing = new S3Listing(aws);
    }

    /** Empty when there is nothing, or when it was left unfinished. */
    Optional<OutputSummary> summary() {
        List<S3Object> below = listing.below(place);
        SortedMap<String, Long> sizes = new TreeMap<>();
        if (below.isEmpty()) {
            listing.at(place).ifPresent(file -> sizes.put("", file.size()));
            return sizes.isEmpty() ? Optional.empty() : Optional.of(OutputContent.summary(sizes));
        }
        for (S3Object object : below) {
            String path = object.key().substring(place.folder().length());
            Standing standing = standing(path);
            if (standing == Standing.UNCOMMITTED) {
                return Optional.empty();
            } else if (standing == Standing.CONTENT && !object.isFolder()) {
                sizes.put(path, object.size());
            }
        }
        return Optional.of(OutputContent.summary(sizes));
    }

    /** What a path means for the output that it is part of. */
    private enum Standing {
        CONTENT,
        OVERLOOKED,
        UNCOMMITTED
    }

    /** The first name that is no ordinary one decides, as when one goes down a directory. */
    private static Standing standing(String path) {
        for (String name : path.split("/", -1)) {
            if (OutputContent.isUncommitted(name)) {
                return Standing.UNCOMMITTED;
            } else if (OutputContent.isMarker(name)) {
                return Standing.OVERLOOKED;
            }
        }
        return Standing.CONTENT;
    }

    boolean holdsSomething() {
        return listing.isAnythingBelow(place) || listing.at(place).isPresent();
    }

    /** Everything that belongs to it, and nothing whose name only begins like it. */
    List<S3Object> all() {
        List<S3Object> below = listing.below(place);
        Optional<S3Object> at = listing.at(place);
        if (at.isEmpty()) {
            return below;
        }
        return Stream.concat(at.stream(), below.stream()).toList();
    }
}
