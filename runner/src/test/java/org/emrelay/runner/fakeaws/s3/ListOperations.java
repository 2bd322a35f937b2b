package org.emrelay.runner.fakeaws.s3;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.PercentEncoding;
import org.emrelay.runner.fakeaws.wire.Request;
import org.emrelay.runner.fakeaws.wire.Response;
import org.emrelay.runner.fakeaws.wire.XmlWriter;
import org.jspecify.annotations.Nullable;

/** Lists the objects, object versions and in-progress multipart uploads of a bucket. */
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

    /** A listing entry: an object or a common prefix. */
    private record Entry(String name, @Nullable StoredObject object) {}

    private Response objects(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        Map<String, String> query = request.query();
        String prefix = query.getOrDefault("prefix", "");
        String delimiter = query.getOrDefault("delimiter", "");
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (StoredObject object : bucket.objects()) {
            if (object.key.startsWith(prefix) && object.key.compareTo(query.getOrDefault("start-after", "")) > 0) {
                int end = delimiter.isEmpty() ? -1 : object.key.indexOf(delimiter, prefix.length());
                String name = end < 0 ? object.key : object.key.substring(0, end + delimiter.length());
                entries.putIfAbsent(name, new Entry(name, end < 0 ? object : null));
            }
        }
        Page<Entry> page = Page.of(List.copyOf(entries.values()), query.get("continuation-token"), pageSize(request));
        List<Fields> objectEntries = new ArrayList<>();
        List<Fields> prefixes = new ArrayList<>();
        for (Entry entry : page.elements()) {
            if (entry.object() == null) {
                prefixes.add(Fields.of("Prefix", encodeKey(request, entry.name())));
            } else {
                objectEntries.add(objectFields(request, entry.object()));
            }
        }
        Fields fields = Fields.of("Name", bucket.name)
                .and("Prefix", encodeKey(request, prefix))
                .and("Delimiter", query.get("delimiter"))
                .and("MaxKeys", pageSize(request))
                .and("EncodingType", query.get("encoding-type"))
                .and("KeyCount", page.elements().size())
                .and("IsTruncated", !page.isLast())
                .and("ContinuationToken", query.get("continuation-token"))
                .and("NextContinuationToken", page.next())
                .and("Contents", objectEntries)
                .and("CommonPrefixes", prefixes);
        return Response.xml(200, XmlWriter.flat("ListBucketResult", BucketOperations.NAMESPACE, fields));
    }

    private static int pageSize(Request request) {
        return Math.min(1000, Integer.parseInt(request.query().getOrDefault("max-keys", "1000")));
    }

    private static Fields objectFields(Request request, StoredObject object) {
        return Fields.of("Key", encodeKey(request, object.key))
                .and("LastModified", object.lastModified)
                .and("ETag", object.quotedEtag())
                .and("Size", object.size)
                .and("StorageClass", "STANDARD");
    }

    private static String encodeKey(Request request, String key) {
        boolean urlEncoded = "url".equals(request.query().get("encoding-type"));
        return urlEncoded ? PercentEncoding.encode(key).replace("%2F", "/") : key;
    }

    /** Lists all versions, newest first within a key. */
    private Response versions(S3Route route, Request request) {
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
        List<StoredObject> remaining = after(all, query.getOrDefault("key-marker", ""), query.get("version-id-marker"));
        int size = Math.min(pageSize(request), remaining.size());
        List<StoredObject> page = remaining.subList(0, size);
        Fields fields = Fields.of("Name", bucket.name)
                .and("Prefix", query.getOrDefault("prefix", ""))
                .and("KeyMarker", query.getOrDefault("key-marker", ""))
                .and("VersionIdMarker", query.getOrDefault("version-id-marker", ""))
                .and("MaxKeys", pageSize(request))
                .and("EncodingType", query.get("encoding-type"))
                .and("IsTruncated", size < remaining.size());
        if (size < remaining.size()) {
            fields.and("NextKeyMarker", encodeKey(request, Bucket.newest(page).key))
                    .and("NextVersionIdMarker", Bucket.newest(page).version);
        }
        fields.and("Version", versionFields(request, bucket, page, false))
                .and("DeleteMarker", versionFields(request, bucket, page, true));
        return Response.xml(200, XmlWriter.flat("ListVersionsResult", BucketOperations.NAMESPACE, fields));
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

    private static List<Fields> versionFields(
            Request request, Bucket bucket, List<StoredObject> page, boolean deleteMarkers) {
        return page.stream()
                .filter(object -> object.deleteMarker == deleteMarkers)
                .map(object -> {
                    Fields fields = Fields.of("Key", encodeKey(request, object.key))
                            .and("VersionId", object.version)
                            .and("IsLatest", Bucket.newest(bucket.versions.get(object.key)) == object)
                            .and("LastModified", object.lastModified);
                    return deleteMarkers
                            ? fields
                            : fields.and("ETag", object.quotedEtag())
                                    .and("Size", object.content.length)
                                    .and("StorageClass", "STANDARD");
                })
                .toList();
    }

    private Response uploads(S3Route route, Request request) {
        Bucket bucket = s3.bucket(route.bucket());
        Map<String, String> query = request.query();
        int size = Integer.parseInt(query.getOrDefault("max-uploads", "1000"));
        List<InProgressUpload> all = bucket.uploads.values().stream()
                .filter(upload -> upload.key.startsWith(query.getOrDefault("prefix", "")))
                .toList();
        Page<InProgressUpload> page = Page.of(all, emptyToNull(query.getOrDefault("upload-id-marker", "")), size);
        List<Fields> uploads = page.elements().stream()
                .map(upload -> Fields.of("Key", encodeKey(request, upload.key))
                        .and("UploadId", upload.id)
                        .and("Initiated", upload.initiatedAt)
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
        return Response.xml(
                200,
                XmlWriter.flat(
                        "ListMultipartUploadsResult", BucketOperations.NAMESPACE, fields.and("Upload", uploads)));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
