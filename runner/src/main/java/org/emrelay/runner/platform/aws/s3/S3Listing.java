package org.emrelay.runner.platform.aws.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Finds what lies in a bucket. */
final class S3Listing {
    private final AwsContext aws;

    S3Listing(AwsContext aws) {
        this.aws = aws;
    }

    /** Everything whose key begins with the place's and a slash, in the order of the keys. */
    List<S3Object> below(S3Uri place) {
        List<S3Object> found = new ArrayList<>();
        pages(place, request -> request.prefix(place.folder()), page -> found.addAll(objects(page)));
        return found;
    }

    /** Whether there is anything below it, folders' markers and halves of results too. */
    boolean isAnythingBelow(S3Uri place) {
        return !objects(page(place, request -> request.prefix(place.folder()).maxKeys(1), null))
                .isEmpty();
    }

    /** The object of exactly this key, which sorts before all others that begin like it. */
    Optional<S3Object> at(S3Uri place) {
        return objects(page(place, request -> request.prefix(place.key()).maxKeys(1), null)).stream()
                .filter(object -> object.key().equals(place.key()))
                .findFirst();
    }

    /** The names directly below it. */
    List<String> names(S3Uri place) {
        TreeSet<String> names = new TreeSet<>();
        int start = place.folder().length();
        pages(place, request -> request.prefix(place.folder()).delimiter("/"), page -> {
            page.contents().forEach(object -> names.add(object.key().substring(start)));
            page.commonPrefixes()
                    .forEach(folder -> names.add(
                            folder.prefix().substring(start, folder.prefix().length() - 1)));
        });
        names.remove("");
        return List.copyOf(names);
    }

    private void pages(S3Uri place, Consumer<ListObjectsV2Request.Builder> what, Consumer<ListObjectsV2Response> seen) {
        String next = null;
        do {
            ListObjectsV2Response page = page(place, what, next);
            seen.accept(page);
            next = page.nextContinuationToken();
        } while (next != null);
    }

    /** Keys come encoded, for XML cannot hold all that a key can; the SDK decodes them. */
    private ListObjectsV2Response page(
            S3Uri place, Consumer<ListObjectsV2Request.Builder> what, @Nullable String token) {
        return aws.patience()
                .ask(
                        "list " + place,
                        () -> aws.clients()
                                .s3()
                                .listObjectsV2(request -> what.accept(request.bucket(place.bucket())
                                        .encodingType(EncodingType.URL)
                                        .continuationToken(token))));
    }

    private static List<S3Object> objects(ListObjectsV2Response page) {
        return page.contents().stream()
                .map(object -> new S3Object(object.key(), object.size(), object.eTag()))
                .toList();
    }
}
