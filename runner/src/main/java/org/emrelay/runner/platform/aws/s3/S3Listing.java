package org.emrelay.runner.platform.aws.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.Pages;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists objects in a bucket. */
final class S3Listing {
    private final AwsContext aws;

    S3Listing(AwsContext aws) {
        this.aws = aws;
    }

    /** All objects whose key starts with the URI's key and a slash, in key order. */
    List<S3Object> objectsBelow(S3Uri uri) {
        List<S3Object> objects = new ArrayList<>();
        pages(uri, request -> request.prefix(uri.keyPrefix()), page -> objects.addAll(objects(page)));
        return objects;
    }

    /** Whether any object exists below the URI, including folder markers and incomplete outputs. */
    boolean hasObjectsBelow(S3Uri uri) {
        return !objects(page(uri, request -> request.prefix(uri.keyPrefix()).maxKeys(1), null))
                .isEmpty();
    }

    /** The object with exactly this key, which S3 lists before all others with this prefix. */
    Optional<S3Object> find(S3Uri uri) {
        return objects(page(uri, request -> request.prefix(uri.key()).maxKeys(1), null)).stream()
                .filter(object -> object.key().equals(uri.key()))
                .findFirst();
    }

    /** The names directly below the URI. */
    List<String> childNames(S3Uri uri) {
        TreeSet<String> names = new TreeSet<>();
        int prefixLength = uri.keyPrefix().length();
        pages(uri, request -> request.prefix(uri.keyPrefix()).delimiter("/"), page -> {
            page.contents().forEach(object -> names.add(object.key().substring(prefixLength)));
            page.commonPrefixes()
                    .forEach(folder -> names.add(folder.prefix()
                            .substring(prefixLength, folder.prefix().length() - 1)));
        });
        names.remove("");
        return List.copyOf(names);
    }

    private void pages(
            S3Uri uri, Consumer<ListObjectsV2Request.Builder> customizer, Consumer<ListObjectsV2Response> consumer) {
        Pages.forEach(token -> {
            ListObjectsV2Response page = page(uri, customizer, token);
            consumer.accept(page);
            return page.nextContinuationToken();
        });
    }

    /** Keys are URL-encoded in transit, because XML cannot represent all of them. The SDK decodes them. */
    private ListObjectsV2Response page(
            S3Uri uri, Consumer<ListObjectsV2Request.Builder> customizer, @Nullable String token) {
        return aws.call(
                "list " + uri,
                () -> aws.s3()
                        .listObjectsV2(request -> customizer.accept(request.bucket(uri.bucket())
                                .encodingType(EncodingType.URL)
                                .continuationToken(token))));
    }

    private static List<S3Object> objects(ListObjectsV2Response page) {
        return page.contents().stream()
                .map(object -> new S3Object(object.key(), object.size(), object.eTag()))
                .toList();
    }
}
