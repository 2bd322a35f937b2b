package org.emrelay.runner.fakeaws.s3;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Answer;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Percent;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.XmlText;
import org.jspecify.annotations.Nullable;

/** Listings of a bucket: objects, all versions, uploads in progress. */
final class ListOperations {
    private final S3State s3;

    ListOperations(S3State s3) {
        this.s3 = s3;
    }

    void addTo(Map<String, S3Operation> operations) {
        operations.put("ListObjectsV2", this::objects);
        operations.put("ListObjectVersions", this::versions);
        operations.put("ListMultipartUploads", this::uploads);
    }

    /** One line of a listing: an object, or a prefix that stands for many. */
    private record Line(String name, @Nullable StoredObject object) {}

    private Answer objects(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        Map<String, String> query = request.query();
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        Map<String, Line> lines = new LinkedHashMap<>();
        for (StoredObject object : bucket.objects()) {
            if (object.key.startsWith(prefix) && object.key.compareTo(query.getOrDefault("start-after", "")) > 0) {
                int end = delimiter.isEmpty() ? -1 : object.key.indexOf(delimiter, prefix.length());
                String name = end < 0 ? object.key : object.key.substring(0, end + delimiter.length());
                lines.putIfAbsent(name, new Line(name, end < 0 ? object : null));
            }
        }
        Page<Line> page = Page.of(List.copyOf(lines.values()), query.get("continuation-token"), pageSize(request));
        List<Fields> contents = new ArrayList<>();
        List<Fields> prefixes = new ArrayList<>();
        for (Line line : page.elements()) {
            if (line.object() == null) {
                prefixes.add(Fields.of("Prefix", encoded(request, line.name())));
            } else {
                contents.add(content(request, line.object()));
            }
        }
        Fields fields = Fields.of("Name", bucket.name)
                .and("Prefix", encoded(request, prefix))
                .and("Delimiter", query.get("delimiter"))
                .and("MaxKeys", pageSize(request))
                .and("EncodingType", query.get("encoding-type"))
                .and("KeyCount", page.elements().size())
                .and("IsTruncated", !page.isLast())
                .and("ContinuationToken", query.get("continuation-token"))
                .and("NextContinuationToken", page.next())
                .and("Contents", contents)
                .and("CommonPrefixes", prefixes);
        return Answer.xml(200, XmlText.flat("ListBucketResult", BucketOperations.NAMESPACE, fields));
    }

    private static int pageSize(Request request) {
        return Math.min(1000, Integer.parseInt(request.query().getOrDefault("max-keys", "1000")));
    }

    private static Fields content(Request request, StoredObject object) {
        return Fields.of("Key", encoded(request, object.key))
                .and("LastModified", object.modified)
                .and("ETag", object.quotedEtag())
                .and("Size", object.size)
                .and("StorageClass", "STANDARD");
    }

    private static String encoded(Request request, String key) {
        boolean url = "url".equals(request.query().get("encoding-type"));
        return url ? Percent.encode(key).replace("%2F", "/") : key;
    }

    /** Newest first within a key. */
    private Answer versions(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        Map<String, String> query = request.query();
        List<StoredObject> all = new ArrayList<>();
        for (Map.Entry<String, List<StoredObject>> entry : bucket.versions.entrySet()) {
            if (entry.getKey().startsWith(query.getOrDefault("prefix", ""))) {
                for (int i = entry.getValue().size() - 1; i >= 0; i--) {
                    all.add(entry.getValue().get(i));
                }
            }
        }
        List<StoredObject> rest = after(all, query.getOrDefault("key-marker", ""), query.get("version-id-marker"));
        int size = Math.min(pageSize(request), rest.size());
        List<StoredObject> page = rest.subList(0, size);
        Fields fields = Fields.of("Name", bucket.name)
                .and("Prefix", query.getOrDefault("prefix", ""))
                .and("KeyMarker", query.getOrDefault("key-marker", ""))
                .and("VersionIdMarker", query.getOrDefault("version-id-marker", ""))
                .and("MaxKeys", pageSize(request))
                .and("EncodingType", query.get("encoding-type"))
                .and("IsTruncated", size < rest.size());
        if (size < rest.size()) {
            fields.and("NextKeyMarker", encoded(request, Bucket.last(page).key))
                    .and("NextVersionIdMarker", Bucket.last(page).version);
        }
        fields.and("Version", ofKind(request, bucket, page, false))
                .and("DeleteMarker", ofKind(request, bucket, page, true));
        return Answer.xml(200, XmlText.flat("ListVersionsResult", BucketOperations.NAMESPACE, fields));
    }

    private static List<StoredObject> after(List<StoredObject> all, String key, @Nullable String version) {
        if (key.isEmpty()) {
            return all;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).key.equals(key) && all.get(i).version.equals(version)) {
                return all.subList(i + 1, all.size());
            }
        }
        return all.stream().filter(object -> object.key.compareTo(key) > 0).toList();
    }

    private static List<Fields> ofKind(Request request, Bucket bucket, List<StoredObject> page, boolean markers) {
        return page.stream()
                .filter(object -> object.deleteMarker == markers)
                .map(object -> {
                    Fields fields = Fields.of("Key", encoded(request, object.key))
                            .and("VersionId", object.version)
                            .and("IsLatest", Bucket.last(bucket.versions.get(object.key)) == object)
                            .and("LastModified", object.modified);
                    return markers
                            ? fields
                            : fields.and("ETag", object.quotedEtag())
                                    .and("Size", object.content.length)
                                    .and("StorageClass", "STANDARD");
                })
                .toList();
    }

    private Answer uploads(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        Map<String, String> query = request.query();
        int size = Integer.parseInt(query.getOrDefault("max-uploads", "1000"));
        List<Upload> all = bucket.uploads.values().stream()
                .filter(upload -> upload.key.startsWith(query.getOrDefault("prefix", "")))
                .toList();
        Page<Upload> page = Page.of(all, emptyToNull(query.getOrDefault("upload-id-marker", "")), size);
        List<Fields> uploads = page.elements().stream()
                .map(upload -> Fields.of("Key", encoded(request, upload.key))
                        .and("UploadId", upload.id)
                        .and("Initiated", upload.initiated)
                        .and("StorageClass", "STANDARD"))
                .toList();
        Fields fields = Fields.of("Bucket", bucket.name)
                .and("MaxUploads", size)
                .and("EncodingType", query.get("encoding-type"))
                .and("IsTruncated", !page.isLast());
        if (!page.isLast()) {
            fields.and("NextKeyMarker", page.elements().get(page.elements().size() - 1).key)
                    .and("NextUploadIdMarker", page.next());
        }
        return Answer.xml(
                200,
                XmlText.flat("ListMultipartUploadsResult", BucketOperations.NAMESPACE, fields.and("Upload", uploads)));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
