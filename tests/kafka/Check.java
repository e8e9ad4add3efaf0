// The independent judge of a run: reads topics and files with Kafka's own Java client and compares
// them. It shares no code with weir and no client library with it. docs/checker.md says what each
// figure means.
//
// java -cp 'lib/*' tests/kafka/Check.java --bootstrap H:P --source T[,T] --clean T --canaries FILE
//      [--quarantine T] [--others T,T] [--group G] [--id-regex R] [--deadline SECONDS]
//      [--source-isolation committed|uncommitted] [--state T] [--lineage T] [--reference T[,T]]
//      [--during FILE] [--audit FILE] [--files PATH[,PATH]] [--settle SECONDS]
// java -cp 'lib/*' tests/kafka/Check.java --follow FILE --bootstrap H:P --clean T [--quarantine T]
//      [--deadline SECONDS]
// java -cp 'lib/*' tests/kafka/Check.java --self-test
//
// Prints one JSON object on stdout and words on stderr. Exit 0: every figure that must be zero is
// zero; 1: one is not; 2: the check could not be made. A figure that was not asked for is absent.

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

public class Check {
    public static void main(String[] args) {
        int code = 2;
        try {
            if (List.of(args).equals(List.of("--self-test"))) {
                code = SelfTest.run();
            } else {
                Options options = new Options(args);
                code = options.follow == null ? check(options) : Follower.follow(options);
            }
        } catch (Exception why) {
            System.err.println("check: cannot judge: " + (why.getMessage() == null ? why : why.getMessage()));
        }
        System.exit(code);
    }

    static int check(Options options) throws Exception {
        List<String> planted = Files.readAllLines(options.canaries);
        Judge judge = new Judge(planted, options.id);
        if (options.reference != null) judge.compare();
        if (options.during != null) {
            try (BufferedReader lines = Files.newBufferedReader(options.during)) { judge.during = new During(lines); }
        }
        if (options.lineage != null) judge.lineage = new Lineage();
        if (options.state != null) judge.transactions = new Transactions(judge);
        if (options.audit != null) judge.audit = Audit.of(Files.readAllBytes(options.audit));
        Reader.read(options, judge);
        for (Path path : options.files) Walker.walk(path, options, judge);
        judge.close();
        System.out.println(judge.json());
        judge.explain(System.err::println);
        return judge.satisfied() ? 0 : 1;
    }

    // ---- what is judged, and how: no Kafka types below this line, until Reader

    /** A record, whatever it was read from. */
    record Rec(String topic, int partition, long offset, byte[] key, byte[] value, Map<String, byte[]> headers) {
        String place() { return topic + "/" + partition + "/" + offset; }
        String lane() { return topic + "/" + partition; }
        String header(String name) {
            byte[] value = headers.get(name);
            return value == null ? null : new String(value, StandardCharsets.UTF_8);
        }
    }

    /** Where a record came from, as its header `weir-source` says: lane is TOPIC/PARTITION. */
    record Pointer(String lane, int partition, long offset) {
        static Pointer of(Rec rec) {
            String text = rec.header("weir-source");
            if (text == null) return null;
            int last = text.lastIndexOf('/'), first = text.lastIndexOf('/', last - 1);
            try {
                return first < 1 ? null : new Pointer(text.substring(0, last), Integer.parseInt(text, first + 1, last, 10), Long.parseLong(text, last + 1, text.length(), 10));
            } catch (NumberFormatException none) {
                return null;
            }
        }
    }

    /** Number and count of one part of a refused record that was too long for one: `2/3`. */
    record Piece(int number, int of) {
        static final Piece WHOLE = new Piece(1, 1);
        static Piece of(Rec rec) {
            String text = rec.header("weir-part");
            if (text == null) return WHOLE;
            Matcher matcher = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})").matcher(text);
            return matcher.matches() ? new Piece(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))) : new Piece(-1, -1);
        }
    }

    /**
     * What must be known of a source partition after it was read: some twenty bytes a record, since a
     * million of them are judged in little memory. Ids are kept as hashes of 64 bits: one record is
     * compared with one other, so that a chance match is of no account.
     */
    static class Lane {
        final String name;
        private long base = -1;
        private int size;
        private final BitSet there = new BitSet(), tombstones = new BitSet();
        private long[] ids = new long[1024];
        private byte[] seen = new byte[1024];
        /** Sums of the digests of this run's records less those of the reference's. */
        private long[] left, right;
        /** Key versions under which a tombstone was seen. */
        private final Map<Integer, BitSet> versions = new HashMap<>();

        Lane(String name) { this.name = name; }

        void add(long offset, long id, boolean tombstone) {
            if (base < 0) base = offset;
            int at = Math.toIntExact(offset - base);
            if (at >= ids.length) {
                int room = Math.max(at + 1, ids.length * 2);
                ids = Arrays.copyOf(ids, room);
                seen = Arrays.copyOf(seen, room);
            }
            there.set(at);
            if (tombstone) tombstones.set(at);
            ids[at] = id;
            size = at + 1;
        }

        /** The place of a source offset, or -1 where the source has none. */
        int at(long offset) {
            long at = offset - base;
            return base >= 0 && at >= 0 && at < size && there.get((int) at) ? (int) at : -1;
        }

        long next() { return base < 0 ? 0 : base + size; }

        /** Source records in the half-open range. */
        long within(long from, long to) {
            if (base < 0) return 0;
            int first = (int) Math.max(0, Math.min(size, from - base)), end = (int) Math.max(0, Math.min(size, to - base));
            return first >= end ? 0 : there.get(first, end).cardinality();
        }

        void differ(int at, long[] digest, int sign) {
            if (left == null) { left = new long[size]; right = new long[size]; }
            left[at] += sign * digest[0];
            right[at] += sign * digest[1];
        }
    }

    /** Is fed with every record, the source first, and then knows what is wrong. */
    static class Judge {
        static final List<String> MUST_BE_ZERO = List.of("lost", "duplicated", "phantom", "moved", "disordered",
            "mismatched", "tombstones", "incomplete_parts", "leaked", "hanging", "wrong_offset");
        private static final int EXAMPLES_MAX = 5;

        private final Canaries canaries;
        private final Pattern idPattern;
        private final List<String> mustBeZero = new ArrayList<>(MUST_BE_ZERO);
        private final Map<String, Long> found = new LinkedHashMap<>();
        private final Map<String, Long> codes = new TreeMap<>();
        private final Map<String, List<String>> examples = new HashMap<>();
        private final Map<String, Lane> lanes = new LinkedHashMap<>();
        /** The last source offset met in an output partition, by output partition and source partition. */
        private final Map<String, Long> last = new HashMap<>();
        /** Refused records of which parts are still to come: next part, parts, partition. */
        private final Map<String, int[]> unfinished = new LinkedHashMap<>();
        private boolean comparing;
        During during;
        Lineage lineage;
        Transactions transactions;
        Audit audit;
        private int at;

        Judge(List<String> planted, Pattern idPattern) {
            canaries = new Canaries(planted);
            this.idPattern = idPattern;
            for (String name : MUST_BE_ZERO) found.put(name, 0L);
            for (String name : List.of("source", "clean", "quarantine", "exposed", "without_id", "echoes", "parts")) found.put(name, 0L);
            found.put("canaries", (long) canaries.count());
            found.put("canaries_too_short", (long) canaries.tooShort());
            found.put("encodings", (long) Canaries.ENCODINGS.size());
        }

        /** Another run's records will come, by `reference`. */
        void compare() {
            comparing = true;
            mustBeZero("differs");
        }

        void mustBeZero(String name) {
            mustBeZero.add(name);
            found.putIfAbsent(name, 0L);
        }

        synchronized void set(String name, long n) { found.put(name, n); }

        void source(Rec rec) {
            count("source");
            String id = idOf(rec);
            if (id == null && rec.value() != null) count("without_id");
            lanes.computeIfAbsent(rec.lane(), Lane::new).add(rec.offset(), id == null ? 0 : hash(id), rec.value() == null);
        }

        void clean(Rec rec) {
            output(rec);
            Pointer pointer = Pointer.of(rec);
            Lane lane = lane(rec, pointer);
            if (lane == null) {
                count("clean");
                return;
            }
            int at = this.at;
            boolean tombstone = lane.tombstones.get(at);
            if (comparing) lane.differ(at, Digests.ofClean(rec), 1);
            if (rec.partition() != pointer.partition()) bad("moved", rec);
            // A tombstone also goes out under each older key version, behind the batch's records.
            if (tombstone && rec.value() == null) {
                int version = version(rec);
                BitSet versions = lane.versions.computeIfAbsent(at, n -> new BitSet());
                boolean echo = lane.seen[at] > 0 && version >= 0 && version < versions.length() - 1 && !versions.get(version);
                if (version >= 0) versions.set(version);
                if (echo) {
                    count("echoes");
                    return;
                }
            }
            count("clean");
            claim(lane, at);
            inOrder(rec, pointer);
            if (tombstone != (rec.value() == null)) {
                bad("tombstones", rec);
            } else if (!tombstone) {
                String id = idOf(rec);
                if (lane.ids[at] != (id == null ? 0 : hash(id))) bad("mismatched", rec);
            }
        }

        void quarantine(Rec rec) {
            output(rec);
            Piece piece = Piece.of(rec);
            if (piece.of() != 1) count("parts");
            Pointer pointer = Pointer.of(rec);
            String name = rec.topic() + " " + rec.header("weir-source");
            if (piece.number() != 1) {
                // Only what follows its forerunner in the same partition can be put together again.
                int[] state = unfinished.get(name);
                if (state == null || state[0] > 0 && (state[0] != piece.number() || state[1] != piece.of() || state[2] != rec.partition())) {
                    bad("incomplete_parts", rec);
                    // Said once; what follows of it is of no use.
                    unfinished.put(name, new int[] {0, 0, 0});
                } else if (state[0] > 0 && ++state[0] > state[1]) {
                    unfinished.remove(name);
                }
                return;
            }
            count("quarantine");
            codes.merge(String.valueOf(rec.header("weir-code")), 1L, Long::sum);
            int[] before = unfinished.remove(name);
            if (before != null && before[0] > 0 || piece.of() < 1) bad("incomplete_parts", rec);
            if (piece.of() > 1) unfinished.put(name, new int[] {2, piece.of(), rec.partition()});
            Lane lane = lane(rec, pointer);
            if (lane == null) return;
            int at = this.at;
            if (comparing) lane.differ(at, Digests.ofRefused(rec), 1);
            claim(lane, at);
            inOrder(rec, pointer);
        }

        /** A clean or refused record of the run without faults. */
        void reference(Rec rec) {
            count("reference");
            boolean refused = rec.header("weir-code") != null;
            if (refused && Piece.of(rec).number() != 1) return;
            Pointer pointer = Pointer.of(rec);
            Lane lane = pointer == null ? null : lanes.get(pointer.lane());
            int at = lane == null ? -1 : lane.at(pointer.offset());
            if (at < 0) bad("differs", rec.place() + " of the reference: of no source record");
            else lane.differ(at, refused ? Digests.ofRefused(rec) : Digests.ofClean(rec), -1);
        }

        /** A record of any topic but the source, aborted ones included: nothing planted may be in it. */
        void exposed(Rec rec) {
            count("exposed");
            String where = "the key";
            int line = canaries.find(rec.key());
            if (line < 0) { line = canaries.find(rec.value()); where = "the value"; }
            for (Map.Entry<String, byte[]> header : rec.headers().entrySet()) {
                if (line < 0) { line = canaries.find(header.getValue()); where = "a header"; }
                if (line < 0) { line = canaries.find(header.getKey().getBytes(StandardCharsets.UTF_8)); where = "a header's name"; }
            }
            // The line's number, not its text: a log is not a place for identifiers, planted or not.
            if (line >= 0) bad("leaked", rec.place() + ": line " + line + " of the canaries, " + canaries.how() + ", in " + where);
        }

        /** Bytes of a file. */
        void exposed(String place, byte[] bytes) {
            int line = canaries.find(bytes);
            if (line >= 0) bad("leaked", place + ": line " + line + " of the canaries, " + canaries.how());
        }

        /** An output partition whose last stable offset is below its end has an open transaction. */
        void ends(String partition, long stable, long end) {
            if (stable != end) bad("hanging", partition + ": last stable offset " + stable + ", end " + end);
        }

        /** `committed` is null where the group has no offset. */
        void group(String topic, int partition, Long committed, long end) {
            Lane lane = lanes.get(topic + "/" + partition);
            long next = lane == null ? 0 : lane.next();
            // Control records, and aborted data, stand between the last visible record and the end:
            // whoever commits its position instead of last + 1 has got past them.
            boolean right = committed == null ? next == 0 : committed >= next && committed <= end;
            if (!right) bad("wrong_offset", topic + "/" + partition + ": committed " + committed + ", last + 1 is " + next + ", end " + end);
        }

        /** What only the whole shows: to be called once, after the last record. */
        void close() {
            for (Lane lane : lanes.values()) {
                for (int at = lane.there.nextSetBit(0); at >= 0; at = lane.there.nextSetBit(at + 1)) {
                    int times = lane.seen[at];
                    if (times == 0) bad("lost", lane.name + "/" + (lane.base + at));
                    for (int extra = 1; extra < times; extra++) bad("duplicated", lane.name + "/" + (lane.base + at));
                    if (lane.left != null && (lane.left[at] != 0 || lane.right[at] != 0)) bad("differs", lane.name + "/" + (lane.base + at));
                }
            }
            unfinished.values().removeIf(state -> state[0] == 0);
            unfinished.forEach((name, state) -> bad("incomplete_parts", name + ": part " + state[0] + " of " + state[1] + " is missing"));
            if (during != null) during.close(this);
            if (lineage != null) lineage.close(this, lanes);
            if (transactions != null) transactions.close();
            if (audit != null) audit.close(this);
        }

        boolean satisfied() { return mustBeZero.stream().allMatch(name -> found.get(name) == 0); }

        long get(String name) { return found.getOrDefault(name, 0L); }

        boolean has(String name) { return found.containsKey(name); }

        String json() {
            Map<String, Long> all = new LinkedHashMap<>(found);
            codes.forEach((code, n) -> all.put("code " + code.replaceAll("[^A-Za-z0-9_.-]", "?"), n));
            String leaks = examples.getOrDefault("leaked", List.of()).stream()
                .map(text -> "\"" + text.replaceAll("[^ -~]|[\"\\\\]", "?") + "\"").collect(Collectors.joining(","));
            return all.entrySet().stream().map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                .collect(Collectors.joining(",", "{", ",\"leaked_in\":[" + leaks + "]}"));
        }

        void explain(Consumer<String> say) {
            say.accept("check: " + get("source") + " source records; " + get("clean") + " clean, " + get("quarantine")
                + " in quarantine " + codes + "; " + get("exposed") + " looked through for " + get("canaries") + " canaries in "
                + get("encodings") + " encodings"
                + (get("canaries_too_short") > 0 ? " (" + get("canaries_too_short") + " too short, ignored)" : ""));
            if (has("torn_unknown")) say.accept("check: whether a transaction is torn CANNOT be told: " + examples.get("torn_unknown"));
            for (String name : mustBeZero) {
                if (get(name) == 0) continue;
                List<String> shown = examples.getOrDefault(name, List.of());
                say.accept("check: " + name + ": " + get(name) + ": " + String.join("; ", shown)
                    + (get(name) > shown.size() ? "; ..." : ""));
            }
            say.accept(satisfied() ? "check: all is well" : "check: NOT well");
        }

        /** What clean and refused records have in common: they are visible. */
        private void output(Rec rec) {
            if (during != null) during.after(rec);
            if (transactions != null) transactions.visible(rec);
        }

        /** The source partition of an output record, and its place there in `at`. */
        private Lane lane(Rec rec, Pointer pointer) {
            Lane lane = pointer == null ? null : lanes.get(pointer.lane());
            at = lane == null ? -1 : lane.at(pointer.offset());
            if (at >= 0) return lane;
            bad("phantom", rec);
            return null;
        }

        private void claim(Lane lane, int at) { if (lane.seen[at] < Byte.MAX_VALUE) lane.seen[at]++; }

        private void inOrder(Rec rec, Pointer pointer) {
            Long before = last.put(rec.lane() + " of " + pointer.lane(), pointer.offset());
            // The same record again is a duplicate, and not out of order too.
            if (before != null && before > pointer.offset()) bad("disordered", rec);
        }

        /** The key version of a clean record, -1 where it says none. */
        private static int version(Rec rec) {
            String text = rec.header("weir-keys");
            return text != null && text.matches("v[0-9]{1,6}") ? Integer.parseInt(text.substring(1)) : -1;
        }

        private String idOf(Rec rec) {
            if (rec.value() == null) return null;
            Matcher matcher = idPattern.matcher(new String(rec.value(), StandardCharsets.UTF_8));
            return matcher.find() ? matcher.group(1) : null;
        }

        private static long hash(String text) {
            long hash = 0xcbf29ce484222325L;
            for (int n = 0; n < text.length(); n++) hash = Long.rotateLeft((hash ^ text.charAt(n)) * 0x9E3779B97F4A7C15L, 29);
            // 0 is no id.
            return hash == 0 ? 1 : hash;
        }

        synchronized void count(String name) { found.merge(name, 1L, Long::sum); }

        private void bad(String name, Rec rec) { bad(name, rec.place()); }

        synchronized void bad(String name, String example) {
            count(name);
            List<String> list = examples.computeIfAbsent(name, n -> new ArrayList<>());
            if (list.size() < EXAMPLES_MAX) list.add(example);
        }

        synchronized void forget(String name) {
            found.remove(name);
            mustBeZero.remove(name);
        }
    }

    /** SHA-256 of what a record is made of; the first sixteen bytes, as two numbers. */
    static class Digests {
        /** Says which batch a record was committed in: two runs cut their batches differently. */
        private static final Set<String> OF_THE_RUN = Set.of("weir-batch");

        static byte[] of(Rec rec, Set<String> without) {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                part(sha, rec.key());
                part(sha, rec.value());
                rec.headers().forEach((name, value) -> {
                    if (without.contains(name)) return;
                    part(sha, name.getBytes(StandardCharsets.UTF_8));
                    part(sha, value);
                });
                return sha.digest();
            } catch (java.security.NoSuchAlgorithmException never) {
                throw new IllegalStateException(never);
            }
        }

        static byte[] whole(Rec rec) { return of(rec, Set.of()); }

        static long[] ofClean(Rec rec) { return half(of(rec, OF_THE_RUN)); }

        /** A sealed payload is another one each time: code and pointer must agree. */
        static long[] ofRefused(Rec rec) {
            Map<String, byte[]> kept = new LinkedHashMap<>();
            for (String name : List.of("weir-code", "weir-source")) kept.put(name, rec.headers().get(name));
            return half(of(new Rec("", 0, 0, null, null, kept), Set.of()));
        }

        static long[] half(byte[] digest) {
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            return new long[] {bytes.getLong(), bytes.getLong()};
        }

        /** Lengths come first, so that no two records run together; -1 is null. */
        private static void part(MessageDigest sha, byte[] bytes) {
            sha.update(ByteBuffer.allocate(4).putInt(bytes == null ? -1 : bytes.length).array());
            if (bytes != null) sha.update(bytes);
        }
    }

    // ---- what a reader saw while faults went on

    /** The lines that `--follow` wrote: TOPIC PARTITION OFFSET SHA-256. */
    static class During {
        static class Seen {
            long[] offsets = new long[1024], left = new long[1024], right = new long[1024];
            int size;
            BitSet met;
        }

        private final Map<String, Seen> lanes = new TreeMap<>();
        private final List<String> changed = new ArrayList<>();
        private final List<String> missed = new ArrayList<>();
        private long changes, misses, lines;

        static String line(Rec rec) { return rec.topic() + " " + rec.partition() + " " + rec.offset() + " " + HexFormat.of().formatHex(Digests.whole(rec)); }

        During(BufferedReader reader) throws IOException {
            for (String line; (line = reader.readLine()) != null; ) {
                // Whoever was killed while writing left half a line.
                String[] words = line.split(" ");
                if (words.length != 4 || words[3].length() != 64) continue;
                lines++;
                add(words[0] + "/" + words[1], Long.parseLong(words[2]), Digests.half(HexFormat.of().parseHex(words[3])));
            }
            lanes.values().forEach(seen -> seen.met = new BitSet(seen.size));
        }

        private void add(String lane, long offset, long[] digest) {
            Seen seen = lanes.computeIfAbsent(lane, n -> new Seen());
            int at = seen.size == 0 || seen.offsets[seen.size - 1] < offset ? -1 - seen.size : Arrays.binarySearch(seen.offsets, 0, seen.size, offset);
            if (at >= 0) {
                // Seen again, after the reader went back: it must be the same.
                if (seen.left[at] != digest[0] || seen.right[at] != digest[1]) changed(lane + "/" + offset);
                return;
            }
            at = -1 - at;
            if (seen.size == seen.offsets.length) {
                seen.offsets = Arrays.copyOf(seen.offsets, seen.size * 2);
                seen.left = Arrays.copyOf(seen.left, seen.size * 2);
                seen.right = Arrays.copyOf(seen.right, seen.size * 2);
            }
            for (long[] list : List.of(seen.offsets, seen.left, seen.right)) System.arraycopy(list, at, list, at + 1, seen.size - at);
            seen.offsets[at] = offset;
            seen.left[at] = digest[0];
            seen.right[at] = digest[1];
            seen.size++;
        }

        void after(Rec rec) {
            Seen seen = lanes.get(rec.lane());
            if (seen == null) return;
            int at = Arrays.binarySearch(seen.offsets, 0, seen.size, rec.offset());
            if (at < 0) {
                // Past the last one it had seen, the reader had simply not come there yet.
                if (rec.offset() > seen.offsets[seen.size - 1]) return;
                misses++;
                if (missed.size() < Judge.EXAMPLES_MAX) missed.add(rec.place());
                return;
            }
            seen.met.set(at);
            long[] digest = Digests.half(Digests.whole(rec));
            if (seen.left[at] != digest[0] || seen.right[at] != digest[1]) changed(rec.place());
        }

        void close(Judge judge) {
            for (String name : List.of("during_only", "during_missed", "during_changed")) judge.mustBeZero(name);
            judge.set("during", lines);
            lanes.forEach((lane, seen) -> {
                for (int at = seen.met.nextClearBit(0); at < seen.size; at = seen.met.nextClearBit(at + 1)) judge.bad("during_only", lane + "/" + seen.offsets[at]);
            });
            missed.forEach(place -> judge.bad("during_missed", place));
            judge.set("during_missed", misses);
            changed.forEach(place -> judge.bad("during_changed", place));
            judge.set("during_changed", changes);
        }

        private void changed(String place) {
            changes++;
            if (changed.size() < Judge.EXAMPLES_MAX) changed.add(place);
        }
    }

    // ---- whether each transaction is visible as a whole

    /**
     * Puts the transactions together as the broker's log has them: a producer's records in a
     * partition up to its next marker. Gaps between offsets would not do: with two producers in one
     * partition the marker of one stands in the middle of the other's records. The state topic says
     * which batches were committed; it is read first.
     */
    static class Transactions {
        /** One committed transaction's share of a source partition, up to `to`. */
        static class Batch {
            final String run;
            final long to, producer, records;
            final short epoch;
            /** Where the share begins; -1 where it begins at the end of the batch before. */
            final long from;
            final Set<String> sinks = new HashSet<>();
            long visible;
            boolean torn;

            Batch(String run, long from, long to, long producer, short epoch, long records) {
                this.run = run;
                this.from = from;
                this.to = to;
                this.producer = producer;
                this.epoch = epoch;
                this.records = records;
            }
        }

        record Tally(long to, long records) {}

        /** A transaction in one partition that has no marker yet. */
        static class Open {
            short epoch;
            final List<Rec> state = new ArrayList<>();
            /** Source offsets by source partition. */
            final Map<String, Offsets> sources = new LinkedHashMap<>();
            final Sum sum = new Sum();
            long first = -1;
        }

        static class Offsets {
            long[] list = new long[16];
            int size;
            void add(long offset) {
                if (size == list.length) list = Arrays.copyOf(list, size * 2);
                list[size++] = offset;
            }
        }

        /** Enough to tell two sets of offsets apart. */
        static class Sum {
            long records, offsets;
            void add(long offset) { records++; offsets += offset * 0x9E3779B97F4A7C15L ^ offset; }
            void add(Sum sum) { records += sum.records; offsets += sum.offsets; }
        }

        private static final ObjectMapper JSON = new ObjectMapper();

        private final Judge judge;
        private final Map<String, List<Batch>> batches = new HashMap<>();
        private final Map<String, Tally> tallies = new HashMap<>();
        private final Map<String, Open> open = new HashMap<>();
        /** By sink partition: what the markers make visible, and what a consumer saw. */
        private final Map<String, Sum> committed = new TreeMap<>(), consumed = new HashMap<>();
        /** Sink partitions up to which offset a consumer read. */
        private final Map<String, Long> readTo = new HashMap<>();
        private boolean sorted;
        private boolean unknown;
        private long transactions;

        Transactions(Judge judge) {
            this.judge = judge;
            judge.mustBeZero("torn");
        }

        /** Nothing can be said, since the state topic lacks records or is of another make. */
        void unknown(String why) {
            if (!unknown) judge.bad("torn_unknown", why);
            unknown = true;
        }

        void readTo(String sink, long end) { readTo.put(sink, end); }

        /** A record of the state topic. */
        void state(Rec rec, long producer, short epoch) {
            if (producer < 0) {
                torn(rec.place() + ": outside any transaction");
                return;
            }
            Open txn = open.computeIfAbsent(rec.lane() + " " + producer, n -> new Open());
            txn.epoch = epoch;
            txn.state.add(rec);
        }

        /** A record of a clean or quarantine topic; `producer` is -1 outside any transaction. */
        void data(Rec rec, long producer, short epoch) {
            Pointer pointer = Pointer.of(rec);
            if (producer < 0) {
                Sum sum = new Sum();
                if (rec.offset() < readTo.getOrDefault(rec.lane(), Long.MAX_VALUE)) sum.add(rec.offset());
                committed.computeIfAbsent(rec.lane(), n -> new Sum()).add(sum);
                sort();
                Batch batch = pointer == null ? null : find(batches.getOrDefault(pointer.lane(), List.of()), pointer.offset());
                if (batch != null) batch.torn = true;
                torn(rec.place() + ": outside any transaction");
                return;
            }
            Open txn = open.computeIfAbsent(rec.lane() + " " + producer, n -> new Open());
            txn.epoch = epoch;
            if (txn.first < 0) txn.first = rec.offset();
            if (rec.offset() < readTo.getOrDefault(rec.lane(), Long.MAX_VALUE)) txn.sum.add(rec.offset());
            if (pointer != null) txn.sources.computeIfAbsent(pointer.lane(), n -> new Offsets()).add(pointer.offset());
        }

        /** The end of a producer's transaction in a partition. */
        void marker(String lane, long producer, boolean commit) {
            Open txn = open.remove(lane + " " + producer);
            if (txn == null || !commit) return;
            for (Rec rec : txn.state) batch(rec, producer, txn.epoch);
            if (txn.sum.records == 0 && txn.sources.isEmpty()) return;
            transactions++;
            committed.computeIfAbsent(lane, n -> new Sum()).add(txn.sum);
            if (!unknown) txn.sources.forEach((source, offsets) -> visible(lane, source, offsets, txn, producer));
        }

        /** What a consumer at read_committed was given. */
        void visible(Rec rec) { consumed.computeIfAbsent(rec.lane(), n -> new Sum()).add(rec.offset()); }

        private void batch(Rec rec, long producer, short epoch) {
            String key = rec.key() == null ? "" : new String(rec.key(), StandardCharsets.UTF_8);
            // Tallies of runs that ended are taken out: their batches stay committed.
            if (!key.startsWith("tally|") || rec.value() == null) return;
            int bar = key.indexOf('|', 6), end = key.lastIndexOf('|');
            try {
                JsonNode json = JSON.readTree(rec.value());
                long from = json.get("from_offset").longValue(), to = json.get("to_offset").longValue(), records = json.get("tally").get("records").longValue();
                String run = key.substring(6, bar), lane = key.substring(bar + 1, end) + "/" + key.substring(end + 1);
                Tally before = tallies.put(key, new Tally(to, records));
                if (before != null && to <= before.to()) torn(rec.place() + ": the tally of " + lane + " went back");
                batches.computeIfAbsent(lane, n -> new ArrayList<>())
                    .add(new Batch(run, before == null ? from : -1, to, producer, epoch, records - (before == null ? 0 : before.records())));
            } catch (IOException | RuntimeException strange) {
                unknown(rec.place() + ": a tally of another make");
            }
        }

        /** A committed transaction's records of one source partition in one sink partition: at most one wrong is said. */
        private void visible(String sink, String source, Offsets offsets, Open txn, long producer) {
            sort();
            List<Batch> list = batches.getOrDefault(source, List.of());
            Arrays.sort(offsets.list, 0, offsets.size);
            String where = sink + "/" + txn.first + ": " + source;
            String wrong = null;
            Batch first = null;
            long before = -1;
            for (int n = 0; n < offsets.size; n++) {
                long offset = offsets.list[n];
                // Parts of a refused record, and a tombstone under older keys, have one pointer.
                if (offset == before) continue;
                before = offset;
                Batch batch = find(list, offset);
                if (batch == null) {
                    if (wrong == null) wrong = where + "/" + offset + " is in no committed batch";
                    continue;
                }
                if (first == null) first = batch;
                if (batch != first && wrong == null) {
                    wrong = where + " up to " + first.to + " and more in one transaction";
                    batch.torn = first.torn = true;
                }
                batch.visible++;
                if (batch.sinks.contains(sink + " " + txn.first)) continue;
                if (batch.sinks.stream().anyMatch(other -> other.startsWith(sink + " ")) && wrong == null) {
                    wrong = where + " up to " + batch.to + " is in two transactions";
                    batch.torn = true;
                }
                batch.sinks.add(sink + " " + txn.first);
                if ((batch.producer != producer || batch.epoch != txn.epoch) && wrong == null) {
                    wrong = where + " up to " + batch.to + " is of another producer than its tally";
                    batch.torn = true;
                }
            }
            if (wrong != null) torn(wrong);
        }

        private static Batch find(List<Batch> list, long offset) {
            int low = 0, high = list.size();
            while (low < high) {
                int middle = low + high >>> 1;
                if (list.get(middle).to > offset) high = middle; else low = middle + 1;
            }
            return low == list.size() || list.get(low).from > offset ? null : list.get(low);
        }

        /**
         * Batches of all runs in the order of the source: a partition that left a worker and came
         * back has others' batches in between.
         */
        private void sort() {
            if (sorted) return;
            sorted = true;
            batches.forEach((lane, list) -> {
                list.sort(Comparator.comparingLong(batch -> batch.to));
                for (int n = 1; n < list.size(); n++) {
                    if (list.get(n).to != list.get(n - 1).to) continue;
                    torn(lane + ": two batches committed up to " + list.get(n).to);
                    list.get(n).torn = list.get(n - 1).torn = true;
                }
            });
        }

        void close() {
            judge.set("transactions", transactions);
            if (unknown) {
                judge.forget("torn");
                return;
            }
            sort();
            batches.forEach((lane, list) -> list.forEach(batch -> {
                if (!batch.torn && batch.visible != batch.records) torn(lane + " up to " + batch.to + ": " + batch.visible + " of " + batch.records + " records are visible");
            }));
            Set<String> sinks = new TreeSet<>(committed.keySet());
            sinks.addAll(consumed.keySet());
            for (String sink : sinks) {
                Sum log = committed.getOrDefault(sink, new Sum()), eyes = consumed.getOrDefault(sink, new Sum());
                if (log.records != eyes.records || log.offsets != eyes.offsets) torn(sink + ": " + log.records + " records are committed, a consumer sees " + eyes.records);
            }
        }

        private void torn(String example) { judge.bad("torn", example); }
    }

    // ---- what lineage says

    static class Lineage {
        static class Run {
            long records, clean, refused;
            boolean started, ended;
            final Set<String> digests = new TreeSet<>();
            List<Range> ranges;
        }

        record Range(String lane, long from, long to, long records) {}

        private static final Set<String> ENDS = Set.of("COMPLETE", "ABORT", "FAIL");
        private static final ObjectMapper JSON = new ObjectMapper();

        private final Map<String, Run> runs = new LinkedHashMap<>();
        private final List<String> wrong = new ArrayList<>(), policies = new ArrayList<>();
        private long events;

        void event(Rec rec) {
            events++;
            JsonNode event;
            try {
                event = JSON.readTree(rec.value());
            } catch (IOException | RuntimeException strange) {
                wrong.add(rec.place() + ": no event");
                return;
            }
            JsonNode facets = event.path("run").path("facets"), counts = facets.path("weir_counts");
            String id = event.path("run").path("runId").asText(), kind = event.path("eventType").asText();
            // A pipeline's own run: what flowed is told of by the runs that are parts of it.
            if (event.path("job").path("facets").path("jobType").path("jobType").asText().equals("JOB") && !id.isEmpty() && counts.isMissingNode()) return;
            if (id.isEmpty() || !counts.path("records").isNumber()) {
                wrong.add(rec.place() + ": an event without run or counts");
                return;
            }
            Run run = runs.computeIfAbsent(id, n -> new Run());
            long records = counts.path("records").longValue(), clean = counts.path("clean").longValue(), refused = sum(counts.path("refused"));
            if (records < run.records || clean < run.clean || refused < run.refused) wrong.add(rec.place() + ": counts of run " + id + " went back");
            run.records = Math.max(run.records, records);
            run.clean = Math.max(run.clean, clean);
            run.refused = Math.max(run.refused, refused);
            if (kind.equals("START")) run.started = true;
            if (ENDS.contains(kind)) run.ended = true;
            run.digests.add(facets.path("weir_policy").path("digest").asText());
            if (facets.has("weir_offsets")) {
                run.ranges = new ArrayList<>();
                for (JsonNode range : facets.path("weir_offsets").path("ranges")) {
                    run.ranges.add(new Range(range.path("topic").asText() + "/" + range.path("partition").asInt(), range.path("from").longValue(), range.path("to").longValue(), range.path("records").longValue()));
                }
            }
        }

        /** A count, or counts by code. */
        private static long sum(JsonNode node) {
            long sum = node.isNumber() ? node.longValue() : 0;
            for (JsonNode one : node) sum += one.longValue();
            return sum;
        }

        void close(Judge judge, Map<String, Lane> lanes) {
            for (String name : List.of("lineage_counts", "lineage_policies")) judge.mustBeZero(name);
            wrong.forEach(text -> judge.bad("lineage_counts", text));
            long open = runs.values().stream().filter(run -> run.started && !run.ended).count();
            judge.set("lineage_events", events);
            judge.set("lineage_runs", runs.size());
            judge.set("lineage_open", open);
            // The last event of a run that goes on is a window old: it may say less, never more.
            for (String name : List.of("source", "clean", "quarantine")) {
                long said = runs.values().stream().mapToLong(run -> name.equals("source") ? run.records : name.equals("clean") ? run.clean : run.refused).sum();
                long is = judge.get(name);
                if (said > is || said < is && open == 0) judge.bad("lineage_counts", name + ": the events say " + said + ", there are " + is);
            }
            runs.forEach((id, run) -> {
                if (run.digests.size() != 1 || run.digests.contains("")) judge.bad("lineage_policies", "run " + id + ": " + run.digests.size() + " policies");
            });
            if (runs.values().stream().anyMatch(run -> run.ranges != null)) tiles(judge, lanes, open);
        }

        /** The ranges of all runs cover every source record once. */
        private void tiles(Judge judge, Map<String, Lane> lanes, long open) {
            judge.mustBeZero("lineage_gaps");
            judge.mustBeZero("lineage_overlaps");
            Map<String, List<Range>> all = new TreeMap<>();
            lanes.keySet().forEach(lane -> all.put(lane, new ArrayList<>()));
            for (Run run : runs.values()) {
                if (run.ranges == null) continue;
                run.ranges.forEach(range -> all.computeIfAbsent(range.lane(), n -> new ArrayList<>()).add(range));
            }
            all.forEach((name, ranges) -> {
                Lane lane = lanes.getOrDefault(name, new Lane(name));
                ranges.sort(Comparator.comparingLong(Range::from));
                long covered = 0;
                for (Range range : ranges) {
                    gap(judge, lane, covered, range.from(), open);
                    if (range.from() < covered) judge.bad("lineage_overlaps", name + ": from " + range.from() + ", covered up to " + covered);
                    if (lane.within(range.from(), range.to()) != range.records()) judge.bad("lineage_counts", name + ": " + range.records() + " records from " + range.from() + " to " + range.to() + ", there are " + lane.within(range.from(), range.to()));
                    covered = Math.max(covered, range.to());
                }
                gap(judge, lane, covered, Long.MAX_VALUE, open);
            });
        }

        /** A run that goes on has not told everything yet. */
        private static void gap(Judge judge, Lane lane, long from, long to, long open) {
            long records = from >= to ? 0 : lane.within(from, to);
            if (records > 0 && open == 0) judge.bad("lineage_gaps", lane.name + ": " + records + " records from " + from + " in no run");
            else if (records > 0) judge.count("lineage_untold");
        }
    }

    // ---- the audit's chain

    /** Each line is JSON that ends with the SHA-256 of itself with an empty hash and signature, and with the signature, which is not
     * judged here (tests/peers/audit.py does); it has the hash of the one before. */
    static class Audit {
        private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        private static final String BEGIN = "{\"seq\":";
        private static final Pattern END = Pattern.compile("\"hash\":\"([0-9a-f]{64})\",\"sig\":\"[A-Za-z0-9+/]{86}==\"\\}$");

        long entries;
        final List<String> broken = new ArrayList<>();

        static Audit of(byte[] bytes) {
            Audit audit = new Audit();
            // A byte is a character: what is hashed must be the bytes as they stand.
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            String[] lines = text.isEmpty() ? new String[0] : (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
            String head = "";
            long seq = 0;
            int torn = 0;
            for (int n = 0; n < lines.length; n++) {
                JsonNode json = json(lines[n]);
                if (json == null) {
                    // What a crash leaves of a line is its beginning.
                    if (lines[n].startsWith(BEGIN) || BEGIN.startsWith(lines[n])) torn = torn == 0 ? n + 1 : torn;
                    else audit.broken.add("line " + (n + 1) + ": no entry");
                    continue;
                }
                Matcher end = END.matcher(lines[n]);
                String hash = end.find() ? end.group(1) : "";
                boolean right = !hash.isEmpty() && sha(lines[n].substring(0, end.start(1)) + "\",\"sig\":\"\"}").equals(hash)
                    && json.path("prev").asText("?").equals(head) && json.path("seq").longValue() == seq + 1 && json.path("after_torn").asBoolean() == torn > 0;
                if (!right) audit.broken.add("line " + (torn > 0 ? torn : n + 1) + ": the chain breaks");
                // What follows is judged by this line as it stands: one edit is not said of every line behind it.
                head = hash;
                seq = json.path("seq").longValue();
                torn = 0;
                audit.entries++;
            }
            if (torn > 0) audit.broken.add("line " + torn + ": a piece, and no entry behind it");
            return audit;
        }

        private static JsonNode json(String line) {
            try {
                JsonNode json = JSON.readTree(line.getBytes(StandardCharsets.ISO_8859_1));
                return json != null && json.isObject() ? json : null;
            } catch (IOException none) {
                return null;
            }
        }

        private static String sha(String text) {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (java.security.NoSuchAlgorithmException never) {
                throw new IllegalStateException(never);
            }
        }

        void close(Judge judge) {
            judge.mustBeZero("audit_broken");
            judge.set("audit_entries", entries);
            broken.forEach(line -> judge.bad("audit_broken", line));
        }
    }

    // ---- planted identifiers

    /**
     * Planted identifiers, looked for in bytes in twelve encodings. Where that is sound, the text is
     * folded (case, full-width forms, zero-width characters) or decoded (escapes, percent, HL7,
     * UTF-16, gzip) and the needles stay few; hex and base64 are needles, since every word of a text
     * can be read as base64.
     */
    static class Canaries {
        static final int SHORTEST = 4;
        /** From this length on a canary counts inside a longer word too; a shorter one would be met there by chance. */
        static final int ANYWHERE_FROM = 12;
        /** Shorter than this, hex and base64 of a canary are met by chance in tokens and sealed bytes. */
        private static final int ENCODED_FROM = 8;
        /** Fewer digits than this are met by chance: every visit has a number of eight. */
        private static final int DIGITS_FROM = 9;
        private static final int LAYERS_MAX = 4;
        /** So much on both sides of an escape is looked at again: no identifier is longer. */
        private static final int NEAR_BYTES = 1024;
        private static final int INFLATED_BYTES_MAX = 64 << 20;

        /** What of a byte array makes a second look necessary. */
        private static final int HIGH = 1, ESCAPE = 2, NUL = 4, GZIP = 8, DIGIT = 16;
        private static final byte[] CLASS = new byte[256];
        static {
            Arrays.fill(CLASS, 128, 256, (byte) HIGH);
            CLASS['\\'] = CLASS['%'] = ESCAPE;
            CLASS[0] = NUL;
            CLASS[0x1f] = GZIP;
            for (int digit = '0'; digit <= '9'; digit++) CLASS[digit] = DIGIT;
        }

        /** Needles by their first four bytes, then by a hash of the whole. Each reads bytes by its own map. */
        static class Needles {
            private static final int BITS = 21;
            private static final long BASE = 0x9E3779B97F4A7C15L;

            private final byte[] map;
            private final long[] first = new long[1 << BITS - 6];
            /** By four bytes: bit n for a needle of n bytes, bit 63 for any longer one. */
            private final HashMap<Integer, Long> lengths = new HashMap<>();
            private int[] grams = new int[0];
            private long[] masks = new long[0];
            private final List<byte[]> texts = new ArrayList<>();
            private final List<Integer> lines = new ArrayList<>();
            private final List<String> hows = new ArrayList<>();
            private final Set<Integer> overlong = new TreeSet<>();
            private int[] slots = new int[16], longLengths = new int[0];

            Needles(byte[] map) { this.map = map; }

            /** False where it is there already. */
            boolean add(byte[] text, int line, String how) {
                if ((texts.size() + 1) * 4 > slots.length) {
                    slots = new int[slots.length * 4];
                    for (int n = 0; n < texts.size(); n++) slots[slotOf(texts.get(n), 0, texts.get(n).length)] = n + 1;
                }
                int slot = slotOf(text, 0, text.length);
                if (slots[slot] != 0) return false;
                texts.add(text);
                lines.add(line);
                hows.add(how);
                slots[slot] = texts.size();
                int four = (map[text[0] & 255] & 255) << 24 | (map[text[1] & 255] & 255) << 16 | (map[text[2] & 255] & 255) << 8 | map[text[3] & 255] & 255;
                int bit = bit(four);
                first[bit >>> 6] |= 1L << bit;
                lengths.merge(four, 1L << Math.min(text.length, 63), (a, b) -> a | b);
                if (text.length >= 63) overlong.add(text.length);
                return true;
            }

            /** To be called when all are there. */
            void ready() {
                int size = Integer.highestOneBit(Math.max(lengths.size(), 4)) * 4;
                grams = new int[size];
                masks = new long[size];
                lengths.forEach((four, mask) -> {
                    int at = bit(four) & grams.length - 1;
                    while (masks[at] != 0) at = at + 1 & grams.length - 1;
                    grams[at] = four;
                    masks[at] = mask;
                });
                longLengths = overlong.stream().mapToInt(Integer::intValue).toArray();
            }

            /** The number of a needle that occurs in the first `n` bytes, or -1. */
            int find(byte[] text, int n) {
                if (texts.isEmpty() || n < SHORTEST) return -1;
                byte[] map = this.map;
                long[] first = this.first;
                int four = (map[text[0] & 255] & 255) << 16 | (map[text[1] & 255] & 255) << 8 | map[text[2] & 255] & 255;
                for (int end = 3; end < n; end++) {
                    four = four << 8 | map[text[end] & 255] & 255;
                    int bit = bit(four);
                    if ((first[bit >>> 6] & 1L << bit) == 0) continue;
                    int found = at(text, end - 3, n, four);
                    if (found >= 0) return found;
                }
                return -1;
            }

            private int at(byte[] text, int from, int n, int four) {
                long lengths = 0;
                for (int at = bit(four) & grams.length - 1; masks[at] != 0; at = at + 1 & grams.length - 1) if (grams[at] == four) lengths = masks[at];
                if (lengths == 0) return -1;
                boolean starts = border(text, n, from);
                for (; lengths != 0; lengths &= lengths - 1) {
                    int length = Long.numberOfTrailingZeros(lengths);
                    int[] tried = length == 63 ? longLengths : null;
                    for (int t = 0; t < (tried == null ? 1 : tried.length); t++) {
                        int size = tried == null ? length : tried[t], end = from + size;
                        if (end > n) break;
                        int slot = slots[slotOf(text, from, end)];
                        if (slot == 0) continue;
                        // Encoded forms stand anywhere; they are of a length of their own.
                        boolean anywhere = size >= ANYWHERE_FROM || hows.get(slot - 1).startsWith("base64");
                        if (anywhere || starts && border(text, n, end)) return slot - 1;
                    }
                }
                return -1;
            }

            private static int bit(int four) { return (four ^ four >>> 15) * 0x9E3779B1 >>> 32 - BITS; }

            /** The slot that holds this window, or the empty one where it would go. */
            private int slotOf(byte[] text, int from, int to) {
                long hash = to - from;
                for (int n = from; n < to; n++) hash = (hash ^ map[text[n] & 255]) * BASE;
                int slot = (int) (hash >>> 32) & slots.length - 1;
                while (slots[slot] != 0) {
                    byte[] held = texts.get(slots[slot] - 1);
                    boolean same = held.length == to - from;
                    for (int n = 0; same && n < held.length; n++) same = map[held[n] & 255] == map[text[from + n] & 255];
                    if (same) return slot;
                    slot = slot + 1 & slots.length - 1;
                }
                return slot;
            }
        }

        private static byte[] map(String from, String to) {
            byte[] map = new byte[256];
            for (int n = 0; n < 256; n++) map[n] = (byte) n;
            for (int n = 0; n < from.length(); n++) map[from.charAt(n)] = (byte) to.charAt(n);
            return map;
        }

        private final Needles text = new Needles(map("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"));
        /** The alphabet for addresses is the same but for two characters. */
        private final Needles base64 = new Needles(map("-_", "+/"));
        private final Needles digits = new Needles(map("", ""));
        private int count, tooShort;
        private String how = "";
        private byte[] stream = new byte[4096];

        Canaries(List<String> all) {
            for (int line = 1; line <= all.size(); line++) {
                String canary = all.get(line - 1).strip();
                byte[] plain = bytes(normal(canary));
                if (plain.length == 0) continue;
                if (plain.length < SHORTEST) { tooShort++; continue; }
                if (text.add(plain, line, "as text")) count++;
                for (String spelt : new LinkedHashSet<>(List.of(canary, canary.toUpperCase(Locale.ROOT), canary.toLowerCase(Locale.ROOT)))) {
                    byte[] raw = bytes(spelt);
                    if (raw.length < ENCODED_FROM) continue;
                    text.add(bytes(HexFormat.of().formatHex(raw)), line, "hex");
                    for (int before = 0; before < 3; before++) base64.add(base64(raw, before), line, "base64 at " + before);
                }
                String only = canary.replaceAll("[^0-9]", "");
                boolean number = only.length() >= DIGITS_FROM && normal(canary).chars().noneMatch(Character::isLetter);
                if (number) digits.add(bytes(only), line, "digits only");
            }
            for (Needles needles : List.of(text, base64, digits)) needles.ready();
        }

        int count() { return count; }

        int tooShort() { return tooShort; }

        /** How the last one was found. */
        String how() { return how; }

        /** The line of a canary that occurs in `bytes`, or -1. */
        int find(byte[] bytes) { return bytes == null ? -1 : look(bytes, bytes.length, 0, ""); }

        private int look(byte[] bytes, int n, int layer, String by) {
            if (n < SHORTEST) return -1;
            int flags = 0, zeros = 0, digitCount = 0;
            for (int at = 0; at < n; at++) {
                int kind = CLASS[bytes[at] & 255];
                flags |= kind;
                if (kind == DIGIT) digitCount++;
                else if (kind == NUL) zeros++;
            }
            byte[] plain = bytes;
            int size = n;
            if ((flags & HIGH) != 0) {
                plain = bytes(normal(new String(bytes, 0, n, StandardCharsets.UTF_8)));
                size = plain.length;
                digitCount = DIGITS_FROM;
            }
            int found = text.find(plain, size);
            if (found >= 0) return hit(text, found, by);
            found = base64.find(bytes, n);
            if (found >= 0) return hit(base64, found, by);
            if (digitCount >= DIGITS_FROM && !digits.texts.isEmpty()) {
                // First the stream: it may become a longer one.
                int streamed = digitsOf(plain, size);
                found = digits.find(stream, streamed);
                if (found >= 0) return hit(digits, found, by);
            }
            // JSON inside a JSON string is escaped twice, and may be percent-encoded or zipped as well.
            if (layer == LAYERS_MAX) return -1;
            int line = -1;
            if ((flags & ESCAPE) != 0) {
                byte[] other = unescaped(bytes, n);
                if (other != null) line = look(other, other.length, layer + 1, by + "escaped, ");
            }
            for (int phase = 0; line < 0 && phase < 2 && zeros >= SHORTEST; phase++) {
                byte[] other = utf16(bytes, n, phase);
                line = look(other, other.length, layer + 1, by + "UTF-16, ");
            }
            for (int at = 0; line < 0 && (flags & GZIP) != 0 && at + 10 < n; at++) {
                if (bytes[at] != 0x1f || bytes[at + 1] != (byte) 0x8b || bytes[at + 2] != 8) continue;
                byte[] other = inflated(bytes, at, n);
                line = look(other, other.length, layer + 1, by + "gzip, ");
            }
            return line;
        }

        private int hit(Needles needles, int found, String by) {
            how = by + needles.hows.get(found);
            return needles.lines.get(found);
        }

        /** A token ends where not both sides are ASCII letters or digits. */
        private static boolean border(byte[] text, int n, int at) { return at == 0 || at == n || !word(text[at - 1]) || !word(text[at]); }

        private static boolean word(byte b) { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z'; }

        private static boolean digit(byte b) { return b >= '0' && b <= '9'; }

        /**
         * Into `stream`: the digits, those of one number without what stands between them (at most two
         * signs), one blank for anything else and one letter for letters, which no number touches.
         */
        private int digitsOf(byte[] text, int n) {
            if (stream.length < n) stream = new byte[n * 2];
            int out = 0;
            for (int at = 0; at < n; at++) {
                byte b = text[at], last = out == 0 ? (byte) ' ' : stream[out - 1];
                if (digit(b)) {
                    stream[out++] = b;
                } else if (word(b)) {
                    if (last != 'x') stream[out++] = 'x';
                } else {
                    int end = at;
                    while (end < n && end < at + 3 && "-. ()/+".indexOf(text[end]) >= 0) end++;
                    if (digit(last) && end > at && end <= at + 2 && end < n && digit(text[end])) at = end - 1;
                    else if (last != ' ') stream[out++] = ' ';
                }
            }
            return out;
        }

        /** Lower case, compatible forms as plain ones, and nothing that has no width. */
        static String normal(String text) {
            StringBuilder kept = null;
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                boolean none = c == 0xad || c == 0x180e || c >= 0x200b && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2060 && c <= 0x2069 || c == 0xfeff;
                if (none && kept == null) kept = new StringBuilder(text.substring(0, at));
                if (!none && kept != null) kept.append(c);
            }
            return Normalizer.normalize(kept == null ? text : kept, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        }

        /** The characters of base64 that these bytes alone decide, with so many bytes before them. */
        private static byte[] base64(byte[] raw, int before) {
            byte[] all = new byte[before + raw.length];
            System.arraycopy(raw, 0, all, before, raw.length);
            byte[] coded = java.util.Base64.getEncoder().encode(all);
            return Arrays.copyOfRange(coded, (before * 8 + 5) / 6, all.length * 8 / 6);
        }

        private static int hex(byte b) { return Character.digit(b & 255, 16); }

        /**
         * One layer of JSON's, C's, URLs' and HL7's escapes undone; null where there is none. Of the
         * bytes only those near an escape: the others were looked at.
         */
        private static byte[] unescaped(byte[] in, int n) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(256);
            int done = -1;
            for (int at = 0; at < n; at++) {
                byte b = in[at];
                boolean percent = b == '%' && at + 2 < n && hex(in[at + 1]) >= 0 && hex(in[at + 2]) >= 0;
                if (!percent && (b != '\\' || at + 1 >= n)) continue;
                if (done < 0) {
                    out.write(in, Math.max(0, at - NEAR_BYTES), Math.min(at, NEAR_BYTES));
                } else if (at - done <= 2 * NEAR_BYTES) {
                    out.write(in, done, at - done);
                } else {
                    out.write(in, done, NEAR_BYTES);
                    out.write('\n');
                    out.write(in, at - NEAR_BYTES, NEAR_BYTES);
                }
                if (percent) {
                    out.write(hex(in[at + 1]) << 4 | hex(in[at + 2]));
                    at += 2;
                } else {
                    int hl7 = hl7(in, at, n, out);
                    at = hl7 > 0 ? hl7 : escape(in, at, n, out);
                }
                done = at + 1;
            }
            if (done < 0) return null;
            out.write(in, done, Math.min(NEAR_BYTES, n - done));
            return out.toByteArray();
        }

        /** HL7: \F\ \S\ \T\ \R\ \E\, \X4A4F\, \.br\. Gives the place of its last byte, or 0. */
        private static int hl7(byte[] in, int at, int n, ByteArrayOutputStream out) {
            int end = at + 1;
            while (end < n && end < at + 2_000 && in[end] != '\\') end++;
            if (end >= n || in[end] != '\\') return 0;
            int length = end - at - 1;
            int letter = "FSTRE".indexOf(in[at + 1]);
            if (length == 1 && letter >= 0) {
                out.write("|^&~\\".charAt(letter));
                return end;
            }
            if (in[at + 1] == '.' && length <= 5) {
                out.write(' ');
                return end;
            }
            if (in[at + 1] != 'X' || length < 3 || length % 2 == 0) return 0;
            for (int n2 = at + 2; n2 < end; n2++) if (hex(in[n2]) < 0) return 0;
            for (int n2 = at + 2; n2 < end; n2 += 2) out.write(hex(in[n2]) << 4 | hex(in[n2 + 1]));
            return end;
        }

        /** Gives the place of the escape's last byte. */
        private static int escape(byte[] in, int at, int n, ByteArrayOutputStream out) {
            byte kind = in[++at];
            int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 0, code = 0;
            for (int d = 1; d <= digits; d++) {
                int value = at + d < n ? hex(in[at + d]) : -1;
                code = value < 0 ? -1 : code << 4 | value;
                if (code < 0) break;
            }
            if (digits > 0 && code >= 0) {
                byte[] bytes = bytes(String.valueOf((char) code));
                out.write(bytes, 0, bytes.length);
                return at + digits;
            }
            out.write("nrtbf".indexOf(kind) >= 0 ? ' ' : kind);
            return at;
        }

        /**
         * Two bytes a character, the low one first; the other way round is the other phase. Runs of
         * Latin, Greek and Cyrillic letters and of signs: anything else is most likely no text.
         */
        private static byte[] utf16(byte[] in, int n, int phase) {
            StringBuilder text = new StringBuilder();
            int run = 0;
            for (int at = phase; at < n; at += 2) {
                char c = (char) (in[at] & 255 | (at + 1 < n ? (in[at + 1] & 255) << 8 : 0));
                if (c >= ' ' && c < 0x530 || c >= 0x1e00 && c < 0x2070 || c == 0xfeff || c >= 0xff00 && c < 0xfff0) {
                    text.append(c);
                    run++;
                } else if (run > 0) {
                    if (run < SHORTEST) text.setLength(text.length() - run);
                    else text.append('\n');
                    run = 0;
                }
            }
            return bytes(text.toString());
        }

        /** What can be inflated of it. */
        private static byte[] inflated(byte[] in, int from, int n) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(in, from, n - from))) {
                for (int read; out.size() < INFLATED_BYTES_MAX && (read = gzip.read(buffer)) > 0; ) out.write(buffer, 0, read);
            } catch (IOException cut) {
                // Its beginning is as good.
            }
            return out.toByteArray();
        }

        private static byte[] bytes(String text) { return text.getBytes(StandardCharsets.UTF_8); }

        // The twelve ways in which an identifier may be written, for the count and the self-test.

        static final Map<String, Function<String, byte[]>> ENCODERS = new LinkedHashMap<>();
        static {
            ENCODERS.put("raw", text -> bytes("(" + text + ")"));
            ENCODERS.put("digits only", text -> bytes("no " + text.replaceAll("[^0-9]", "") + ";"));
            ENCODERS.put("case", text -> bytes("<" + text.toUpperCase(Locale.ROOT) + ">"));
            ENCODERS.put("full-width", text -> bytes("=" + text.chars().mapToObj(c -> String.valueOf((char) (c > ' ' && c < 127 ? c + 0xfee0 : c))).collect(Collectors.joining()) + ","));
            ENCODERS.put("zero-width", text -> bytes("." + String.join("\u200b", text.split("")) + "."));
            ENCODERS.put("\\u escape", text -> bytes("\"" + text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining()) + "\""));
            ENCODERS.put("percent", text -> bytes("?a=" + bytesOf(text).map(b -> String.format("%%%02X", b)).collect(Collectors.joining()) + "&"));
            ENCODERS.put("hex", text -> bytes("x" + HexFormat.of().withUpperCase().formatHex(bytes(text)) + "y"));
            ENCODERS.put("base64", text -> bytes(java.util.Base64.getEncoder().encodeToString(bytes("{" + text + "}"))));
            ENCODERS.put("UTF-16", text -> ("[" + text + "]").getBytes(StandardCharsets.UTF_16BE));
            ENCODERS.put("gzip", text -> zipped(bytes("{\"a\":\"" + text + "\"}")));
            ENCODERS.put("HL7 escape", text -> bytes("PID|1|\\X" + HexFormat.of().withUpperCase().formatHex(bytes(text)) + "\\|"));
        }

        /** Those that are really looked for, as a probe shows. */
        static final List<String> ENCODINGS = encodings();

        private static Stream<Integer> bytesOf(String text) {
            List<Integer> list = new ArrayList<>();
            for (byte b : bytes(text)) list.add(b & 255);
            return list.stream();
        }

        static byte[] zipped(byte[] bytes) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            } catch (IOException never) {
                throw new IllegalStateException(never);
            }
            return out.toByteArray();
        }

        /** The encodings in which a probe is found, and its like is not: what is really looked for. */
        private static List<String> encodings() {
            Canaries probe = new Canaries(List.of("x-probe 4711 \u00e4", "471-18-8153"));
            List<String> found = new ArrayList<>();
            ENCODERS.forEach((name, encode) -> {
                boolean digits = name.equals("digits only");
                String text = digits ? "471-18-8153" : "x-probe 4711 \u00e4", like = digits ? "471-18-8154" : "x-probe 4712 \u00e4";
                boolean all = !name.equals("base64") || Stream.of("", "a", "ab").allMatch(before -> probe.find(encode.apply(before + " " + text)) > 0);
                if (all && probe.find(encode.apply(text)) > 0 && probe.find(encode.apply(like)) < 0) found.add(name);
            });
            return found;
        }
    }

    // ---- reading: the only part that knows Kafka

    static class Options {
        private static final Set<String> NAMES = Set.of("--bootstrap", "--source", "--clean", "--quarantine", "--others",
            "--group", "--canaries", "--id-regex", "--deadline", "--source-isolation", "--state", "--lineage", "--reference",
            "--during", "--audit", "--files", "--follow", "--settle");
        private final Map<String, String> given = new HashMap<>();
        final String bootstrap, group, state, lineage;
        final List<String> source, clean, quarantine, others, reference;
        final List<Path> files;
        final Path canaries, during, audit, follow;
        final Pattern id;
        final boolean sourceCommitted;
        final long deadline, settle;

        Options(String[] args) {
            for (int at = 0; at < args.length; at += 2) {
                if (!NAMES.contains(args[at]) || at + 1 == args.length) throw new IllegalArgumentException("what is " + args[at] + "? Known: " + new TreeSet<>(NAMES) + ", each with a value, or --self-test alone");
                // A list may come again.
                given.merge(args[at], args[at + 1], (one, two) -> one + "," + two);
            }
            follow = path("--follow");
            bootstrap = required("--bootstrap");
            source = topics(follow == null ? required("--source") : "");
            clean = topics(required("--clean"));
            quarantine = topics(given.getOrDefault("--quarantine", ""));
            state = given.get("--state");
            lineage = given.get("--lineage");
            reference = given.containsKey("--reference") ? topics(given.get("--reference")) : null;
            others = topics(Stream.of("--others", "--lineage", "--state").map(name -> given.getOrDefault(name, "")).collect(Collectors.joining(",")));
            files = topics(given.getOrDefault("--files", "")).stream().map(Path::of).toList();
            group = given.get("--group");
            canaries = follow == null ? Path.of(required("--canaries")) : null;
            during = path("--during");
            audit = path("--audit");
            id = Pattern.compile(given.getOrDefault("--id-regex", "\"id\"\\s*:\\s*\"([^\"]+)\""));
            sourceCommitted = given.getOrDefault("--source-isolation", "uncommitted").equals("committed");
            settle = TimeUnit.SECONDS.toNanos(Long.parseLong(given.getOrDefault("--settle", "60")));
            deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(given.getOrDefault("--deadline", "120")));
        }

        private Path path(String name) { return given.containsKey(name) ? Path.of(given.get(name)) : null; }

        private String required(String name) {
            if (!given.containsKey(name)) throw new IllegalArgumentException(name + " is missing");
            return given.get(name);
        }

        private static List<String> topics(String list) {
            return Arrays.stream(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
        }

        List<String> outputs() { return Stream.of(clean, quarantine, others).flatMap(List::stream).distinct().toList(); }

        long millisLeft() {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) throw new IllegalStateException("the deadline passed");
            return left;
        }
    }

    static class Reader {
        static void read(Options options, Judge judge) throws Exception {
            Properties settings = new Properties();
            settings.put("bootstrap.servers", options.bootstrap);
            try (Admin admin = Admin.create(settings)) {
                List<TopicPartition> source = partitions(admin, options.source, options), outputs = partitions(admin, options.outputs(), options);
                // A transaction's markers are written after its end is answered, and one that a killed
                // producer left is aborted by its time-out.
                long settled = System.nanoTime() + Math.min(options.settle, TimeUnit.MILLISECONDS.toNanos(options.millisLeft() / 2));
                Map<TopicPartition, Long> stable, ends;
                while (true) {
                    // One snapshot: both threads judge the same records.
                    stable = ends(admin, outputs, true, options);
                    ends = ends(admin, outputs, false, options);
                    if (stable.equals(ends) || System.nanoTime() > settled) break;
                    Thread.sleep(250);
                }
                Map<TopicPartition, Long> shown = stable, all = ends;
                // What the log holds and what a consumer sees are read by two threads.
                FutureTask<Void> logs = new FutureTask<>(() -> {
                    Log.read(admin, outputs, shown, all, options, judge);
                    return null;
                });
                Thread thread = new Thread(logs, "log");
                thread.setDaemon(true);
                thread.start();
                each(source, ends(admin, source, options.sourceCommitted, options), options.sourceCommitted, options, judge::source);
                each(of(options.clean, outputs), stable, true, options, judge::clean);
                each(of(options.quarantine, outputs), stable, true, options, judge::quarantine);
                if (options.lineage != null) each(of(List.of(options.lineage), outputs), stable, true, options, judge.lineage::event);
                if (options.reference != null) {
                    List<TopicPartition> reference = partitions(admin, options.reference, options);
                    each(reference, ends(admin, reference, true, options), true, options, judge::reference);
                }
                try {
                    logs.get(options.millisLeft(), TimeUnit.MILLISECONDS);
                } catch (java.util.concurrent.ExecutionException why) {
                    throw why.getCause() instanceof Exception cause ? cause : why;
                } catch (java.util.concurrent.TimeoutException late) {
                    throw new IllegalStateException("the deadline passed");
                }
                for (TopicPartition p : outputs) judge.ends(p.topic() + "/" + p.partition(), stable.get(p), ends.get(p));
                if (options.group != null) group(admin, source, options, judge);
            }
        }

        private static List<TopicPartition> of(List<String> topics, List<TopicPartition> partitions) {
            return partitions.stream().filter(p -> topics.contains(p.topic())).toList();
        }

        /** Asks again while a broker is away. */
        static <T> T patiently(Options options, java.util.concurrent.Callable<T> ask) throws Exception {
            while (true) {
                try {
                    return ask.call();
                } catch (Exception why) {
                    Throwable cause = why instanceof java.util.concurrent.ExecutionException && why.getCause() != null ? why.getCause() : why;
                    if (!(cause instanceof RetriableException)) throw cause instanceof Exception known ? known : why;
                    Thread.sleep(Math.min(250, options.millisLeft()));
                }
            }
        }

        static List<TopicPartition> partitions(Admin admin, Collection<String> topics, Options options) throws Exception {
            if (topics.isEmpty()) return List.of();
            List<TopicPartition> partitions = new ArrayList<>();
            Map<String, TopicDescription> described = patiently(options, () -> admin.describeTopics(topics).allTopicNames().get(options.millisLeft(), TimeUnit.MILLISECONDS));
            for (String name : topics) described.get(name).partitions().forEach(p -> partitions.add(new TopicPartition(name, p.partition())));
            return partitions;
        }

        private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions, boolean committed, Options options) throws Exception {
            return offsets(admin, partitions, OffsetSpec.latest(), committed, options);
        }

        static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which, boolean committed, Options options) throws Exception {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (TopicPartition p : partitions) wanted.put(p, which);
            IsolationLevel level = committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
            Map<TopicPartition, Long> ends = new HashMap<>();
            patiently(options, () -> admin.listOffsets(wanted, new ListOffsetsOptions(level)).all().get(options.millisLeft(), TimeUnit.MILLISECONDS))
                .forEach((p, info) -> ends.put(p, info.offset()));
            return ends;
        }

        static Properties consumer(Options options, boolean committed) {
            Properties settings = new Properties();
            settings.put("bootstrap.servers", options.bootstrap);
            settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
            settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
            settings.put("isolation.level", committed ? "read_committed" : "read_uncommitted");
            settings.put("enable.auto.commit", "false");
            settings.put("max.poll.records", "5000");
            settings.put("max.partition.fetch.bytes", String.valueOf(4 << 20));
            // A log that was cut off after a broker's fall is read again, not skipped.
            settings.put("auto.offset.reset", "earliest");
            return settings;
        }

        /** Every record from the beginning to these ends, each partition in its order. */
        private static void each(List<TopicPartition> partitions, Map<TopicPartition, Long> ends, boolean committed, Options options, Consumer<Rec> into) {
            if (partitions.isEmpty()) return;
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumer(options, committed))) {
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                while (true) {
                    Duration patience = Duration.ofMillis(options.millisLeft());
                    if (partitions.stream().allMatch(p -> consumer.position(p, patience) >= ends.get(p))) return;
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                        // What came after the snapshot of the ends is not part of this check.
                        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) into.accept(rec(record));
                    }
                }
            }
        }

        static Rec rec(ConsumerRecord<byte[], byte[]> record) {
            return new Rec(record.topic(), record.partition(), record.offset(), record.key(), record.value(), headers(record.headers().toArray()));
        }

        static Map<String, byte[]> headers(Header[] all) {
            if (all.length == 0) return Map.of();
            Map<String, byte[]> headers = new LinkedHashMap<>();
            // A header's name may come twice, and each value has to be looked at.
            for (Header header : all) {
                String name = header.key();
                while (headers.containsKey(name)) name += " ";
                headers.put(name, header.value());
            }
            return headers;
        }

        private static void group(Admin admin, List<TopicPartition> source, Options options, Judge judge) throws Exception {
            Map<TopicPartition, OffsetAndMetadata> committed = patiently(options, () -> admin.listConsumerGroupOffsets(options.group)
                .partitionsToOffsetAndMetadata().get(options.millisLeft(), TimeUnit.MILLISECONDS));
            Map<TopicPartition, Long> ends = ends(admin, source, false, options);
            for (TopicPartition p : source) {
                OffsetAndMetadata offset = committed.get(p);
                judge.group(p.topic(), p.partition(), offset == null ? null : offset.offset(), ends.get(p));
            }
        }
    }

    /**
     * The log of each output partition as the broker has it: aborted records, producers and markers
     * too. A consumer shows neither producers nor markers, so the requests are made here.
     */
    static class Log {
        /** The last version that names topics and not their ids. */
        private static final short VERSION = 12;
        private static final int FETCH_BYTES = 8 << 20;
        private static final int CALL_MILLIS = 15_000;

        static void read(Admin admin, List<TopicPartition> outputs, Map<TopicPartition, Long> stable, Map<TopicPartition, Long> ends, Options options, Judge judge) throws Exception {
            Transactions transactions = judge.transactions;
            Map<TopicPartition, Long> begins = Reader.offsets(admin, outputs, OffsetSpec.earliest(), false, options);
            List<TopicPartition> order = new ArrayList<>(outputs);
            // The state says what was committed, so it comes first.
            order.sort(Comparator.comparing(p -> !p.topic().equals(options.state)));
            Set<String> sinks = Stream.of(options.clean, options.quarantine).flatMap(List::stream).collect(Collectors.toSet());
            try (Link link = new Link(admin, options)) {
                for (TopicPartition p : order) {
                    boolean state = p.topic().equals(options.state), sink = transactions != null && sinks.contains(p.topic());
                    String lane = p.topic() + "/" + p.partition();
                    if (sink) transactions.readTo(lane, stable.get(p));
                    if (state && begins.get(p) != 0) transactions.unknown(lane + " begins at " + begins.get(p));
                    long[] next = {begins.get(p)};
                    link.each(p, begins.get(p), ends.get(p), batch -> {
                        boolean control = batch.isControlBatch();
                        for (Record record : batch) {
                            if (record.offset() < next[0] || record.offset() >= ends.get(p)) continue;
                            if (state && record.offset() != next[0]) transactions.unknown(lane + " lacks " + next[0] + ": compacted");
                            next[0] = record.offset() + 1;
                            if (control) {
                                ControlRecordType type = ControlRecordType.parse(record.key());
                                if (transactions != null && type == ControlRecordType.COMMIT) transactions.marker(lane, batch.producerId(), true);
                                if (transactions != null && type == ControlRecordType.ABORT) transactions.marker(lane, batch.producerId(), false);
                                continue;
                            }
                            Rec rec = rec(p, record);
                            if (state) transactions.state(rec, batch.isTransactional() ? batch.producerId() : -1, batch.producerEpoch());
                            if (sink) transactions.data(rec, batch.isTransactional() ? batch.producerId() : -1, batch.producerEpoch());
                            judge.exposed(rec);
                        }
                    });
                    if (state && next[0] < ends.get(p)) transactions.unknown(lane + " lacks its end: compacted");
                }
            }
        }

        static Rec rec(TopicPartition p, Record record) {
            return new Rec(p.topic(), p.partition(), record.offset(), bytes(record.key()), bytes(record.value()), Reader.headers(record.headers()));
        }

        private static byte[] bytes(ByteBuffer buffer) {
            if (buffer == null) return null;
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }

        interface Take { void take(RecordBatch batch) throws Exception; }

        /** A connection to each leader; made anew when it breaks or the leader is another one. */
        static class Link implements AutoCloseable {
            private final Admin admin;
            private final Options options;
            private final Map<String, Socket> sockets = new HashMap<>();
            private int correlation;

            Link(Admin admin, Options options) {
                this.admin = admin;
                this.options = options;
            }

            /** Hands out each batch once that begins before `end`. */
            void each(TopicPartition p, long from, long end, Take take) throws Exception {
                long next = from;
                Node leader = null;
                while (next < end) {
                    options.millisLeft();
                    try {
                        if (leader == null) leader = leader(p);
                        FetchResponseData.PartitionData data = fetch(leader, p, next);
                        if (data.errorCode() != 0) throw Errors.forCode(data.errorCode()).exception();
                        for (RecordBatch batch : FetchResponse.recordsOrFail(data).batches()) {
                            if (batch.lastOffset() < next) continue;
                            if (batch.baseOffset() >= end) return;
                            take.take(batch);
                            next = batch.lastOffset() + 1;
                        }
                    } catch (IOException | RetriableException away) {
                        if (leader != null) drop(leader);
                        leader = null;
                        Thread.sleep(Math.min(250, options.millisLeft()));
                    }
                }
            }

            private Node leader(TopicPartition p) throws Exception {
                TopicDescription topic = Reader.patiently(options, () -> admin.describeTopics(List.of(p.topic())).allTopicNames().get(options.millisLeft(), TimeUnit.MILLISECONDS)).get(p.topic());
                for (TopicPartitionInfo info : topic.partitions()) if (info.partition() == p.partition() && info.leader() != null && info.leader().port() > 0) return info.leader();
                throw new IOException("no leader");
            }

            private FetchResponseData.PartitionData fetch(Node leader, TopicPartition p, long from) throws IOException {
                // In old versions of the request a topic's id is of no account.
                Map<TopicPartition, FetchRequest.PartitionData> wanted = new LinkedHashMap<>();
                wanted.put(p, new FetchRequest.PartitionData(Uuid.ZERO_UUID, from, 0, FETCH_BYTES, Optional.empty()));
                FetchRequest request = FetchRequest.Builder.forConsumer(VERSION, 500, 1, wanted).isolationLevel(IsolationLevel.READ_UNCOMMITTED).setMaxBytes(FETCH_BYTES).build(VERSION);
                RequestHeader header = new RequestHeader(ApiKeys.FETCH, VERSION, "check", ++correlation);
                ByteBuffer bytes = request.serializeWithHeader(header);
                Socket socket = socket(leader);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                byte[] framed = ByteBuffer.allocate(4 + bytes.remaining()).putInt(bytes.remaining()).put(bytes).array();
                out.write(framed);
                out.flush();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] answer = new byte[in.readInt()];
                in.readFully(answer);
                FetchResponse response = (FetchResponse) AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
                if (response.data().errorCode() != 0) throw Errors.forCode(response.data().errorCode()).exception();
                return response.data().responses().get(0).partitions().get(0);
            }

            private Socket socket(Node node) throws IOException {
                String name = node.host() + ":" + node.port();
                Socket socket = sockets.get(name);
                if (socket != null) return socket;
                socket = new Socket();
                sockets.put(name, socket);
                socket.setSoTimeout(CALL_MILLIS);
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(node.host(), node.port()), CALL_MILLIS);
                return socket;
            }

            private void drop(Node node) throws IOException {
                Socket socket = sockets.remove(node.host() + ":" + node.port());
                if (socket != null) socket.close();
            }

            @Override public void close() throws IOException { for (Socket socket : sockets.values()) socket.close(); }
        }
    }

    /** Files and folders: a broker's log segments record by record, anything else as bytes. */
    static class Walker {
        private static final int CHUNK_BYTES = 4 << 20;
        /** An identifier that a border between chunks cuts is whole in the next one. */
        private static final int OVERLAP_BYTES = 64 << 10;
        private static final Pattern PARTITION = Pattern.compile("(.+)-[0-9]+(?:\\.[0-9a-f]+-(?:delete|stray|future))?");

        static void walk(Path path, Options options, Judge judge) throws IOException {
            List<Path> files;
            try (Stream<Path> all = Files.walk(path)) { files = all.filter(Files::isRegularFile).sorted().toList(); }
            judge.set("files", judge.get("files") + files.size());
            for (Path file : files) {
                options.millisLeft();
                if (options.canaries != null && file.toAbsolutePath().normalize().equals(options.canaries.toAbsolutePath().normalize())) continue;
                try {
                    file(file, options, judge);
                } catch (java.nio.file.NoSuchFileException gone) {
                    // A broker deletes old segments as it likes.
                }
            }
        }

        private static void file(Path file, Options options, Judge judge) throws IOException {
            Path folder = file.toAbsolutePath().getParent();
            Matcher partition = PARTITION.matcher(folder == null || folder.getFileName() == null ? "" : folder.getFileName().toString());
            String name = file.getFileName().toString();
            if (partition.matches() && name.matches("[0-9]{20}\\..*")) {
                // A source is full of identifiers, and an index holds numbers only.
                if (options.source.contains(partition.group(1)) || name.endsWith("index")) return;
                if (name.matches("[0-9]{20}\\.log(\\..*)?")) {
                    segment(file, judge);
                    return;
                }
            }
            byte[] chunk = new byte[CHUNK_BYTES];
            long at = 0;
            int kept = 0;
            try (InputStream raw = Files.newInputStream(file)) {
                InputStream in = new java.io.BufferedInputStream(raw);
                in.mark(4);
                boolean zipped = in.read() == 0x1f && in.read() == 0x8b && in.read() == 8;
                in.reset();
                if (zipped) in = new GZIPInputStream(in);
                while (true) {
                    int read;
                    try {
                        read = in.readNBytes(chunk, kept, CHUNK_BYTES - kept);
                    } catch (java.io.EOFException | java.util.zip.ZipException cut) {
                        break;
                    }
                    if (read == 0) break;
                    int size = kept + read;
                    judge.exposed(file + " at " + at, size == CHUNK_BYTES ? chunk : Arrays.copyOf(chunk, size));
                    if (size < CHUNK_BYTES) break;
                    kept = OVERLAP_BYTES;
                    System.arraycopy(chunk, CHUNK_BYTES - kept, chunk, 0, kept);
                    at += CHUNK_BYTES - kept;
                }
            }
            judge.count("files_read");
        }

        /** Batches are compressed: only Kafka's own reading shows what is in them. */
        private static void segment(Path file, Judge judge) throws IOException {
            long records = 0;
            FileRecords log = FileRecords.open(file.toFile(), false);
            try {
                for (RecordBatch batch : log.batches()) {
                    if (batch.isControlBatch()) continue;
                    for (Record record : batch) {
                        judge.exposed(Log.rec(new TopicPartition(file.toString(), 0), record));
                        records++;
                    }
                }
            } catch (org.apache.kafka.common.KafkaException | IllegalArgumentException broken) {
                // Half a batch, after a fall: what can be seen of it is looked at as bytes.
                System.err.println("check: " + file + ": broken after " + records + " records, looked through as bytes");
                judge.exposed(file.toString(), Files.readAllBytes(file));
            } finally {
                // `close` would cut off what a broker has written meanwhile.
                log.closeHandlers();
            }
            judge.count("segments_read");
        }
    }

    /** Reads on while faults happen, and writes down what it saw, until SIGTERM or the deadline. */
    static class Follower {
        static int follow(Options options) throws Exception {
            AtomicBoolean asked = new AtomicBoolean();
            CountDownLatch written = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                asked.set(true);
                boolean whole = false;
                try {
                    whole = written.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException late) {
                    // Then the lines are written as far as they are.
                }
                Runtime.getRuntime().halt(whole ? 0 : 2);
            }));
            try (BufferedWriter out = Files.newBufferedWriter(options.follow)) {
                follow(options, out, asked);
            }
            written.countDown();
            return 0;
        }

        private static void follow(Options options, BufferedWriter out, AtomicBoolean asked) throws Exception {
            long lines = 0;
            List<TopicPartition> partitions;
            Properties settings = new Properties();
            settings.put("bootstrap.servers", options.bootstrap);
            try (Admin admin = Admin.create(settings)) { partitions = Reader.partitions(admin, options.outputs(), options); }
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Reader.consumer(options, true))) {
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                System.err.println("check: following " + partitions.size() + " partitions");
                while (!asked.get() && System.nanoTime() < options.deadline) {
                    try {
                        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                            out.write(During.line(Reader.rec(record)));
                            out.write('\n');
                            lines++;
                        }
                        out.flush();
                    } catch (RetriableException away) {
                        // A broker is away: that is what this is for.
                        Thread.sleep(100);
                    }
                }
            }
            System.err.println("check: saw " + lines + " records");
        }
    }

    // ---- the checker checked: each planted defect must be found, and its clean twin must be clean

    static class SelfTest {
        private static final String DIGEST_A = "aa", DIGEST_B = "bb";

        /** A record as the broker's log has it; a marker has none. */
        record Entry(String topic, int partition, long producer, int epoch, Rec rec, boolean commit) {}

        /**
         * A whole run in memory. Source s/0 has eight records: three with ids, a tombstone, one that is
         * refused, two with ids, and one refused in three parts. Two transactions, of 0-4 and 5-7.
         */
        static class Run {
            final List<Rec> source = new ArrayList<>(), clean = new ArrayList<>(), quarantine = new ArrayList<>(), aborted = new ArrayList<>();
            final List<Rec> lineage = new ArrayList<>(), reference = new ArrayList<>();
            final List<Entry> log = new ArrayList<>();
            final List<String> during = new ArrayList<>();
            /** Places of files, and what is in them. */
            final Map<String, byte[]> files = new LinkedHashMap<>();
            String audit = "";
            long stable = 9, end = 9;
            Long committed = 8L;
            List<String> canaries = CANARIES;

            Run() {
                for (int n = 0; n < 8; n++) source.add(rec("s", 0, n, n == 3 ? null : value(n)));
                for (int n : new int[] {0, 1, 2, 3, 5, 6}) clean.add(of(clean.size() + (n > 3 ? 1 : 0), 0, n, n == 3 ? null : value(n)));
                quarantine.add(rec("q", 0, 0, "sealed", "weir-source", "s/0/4", "weir-code", "W0207"));
                for (int n = 1; n <= 3; n++) quarantine.add(part(1 + n, n, 3));
                clean.forEach(rec -> reference.add(new Rec("rc", 0, rec.offset(), rec.key(), rec.value(), rec.headers())));
                quarantine.forEach(rec -> reference.add(new Rec("rq", 0, rec.offset(), rec.key(), bytes("sealed anew"), rec.headers())));
                event(0, "r1", "START", 0, 0, 0, DIGEST_A, 0, 0);
                event(1, "r1", "RUNNING", 5, 4, 1, DIGEST_A, 0, 5);
                event(2, "r1", "ABORT", 5, 4, 1, DIGEST_A, 0, 5);
                event(3, "r2", "START", 0, 0, 0, DIGEST_A, 0, 0);
                event(4, "r2", "COMPLETE", 3, 2, 1, DIGEST_A, 5, 8);
                tally("r1", 0, 5, 5, 7);
                end("state", 7, true);
                tally("r2", 5, 8, 3, 8);
                end("state", 8, true);
                for (Rec rec : clean.subList(0, 4)) data(rec, 7);
                end("c", 7, true);
                for (Rec rec : clean.subList(4, 6)) data(rec, 8);
                end("c", 8, true);
                data(quarantine.get(0), 7);
                end("q", 7, true);
                for (Rec rec : quarantine.subList(1, 4)) data(rec, 8);
                end("q", 8, true);
                for (Rec rec : clean.subList(0, 5)) during.add(During.line(rec));
                for (int n = 1; n <= 4; n++) audit(n);
            }

            void data(Rec rec, long producer) { log.add(new Entry(rec.topic(), rec.partition(), producer, 0, rec, false)); }

            void end(String topic, long producer, boolean commit) { log.add(new Entry(topic, 0, producer, 0, null, commit)); }

            void tally(String run, int from, int to, int records, long producer) {
                String json = "{\"from_offset\":" + from + ",\"to_offset\":" + to + ",\"tally\":{\"records\":" + records + "}}";
                log.add(new Entry("state", 0, producer, 0, new Rec("state", 0, log.size(), bytes("tally|" + run + "|s|0"), bytes(json), Map.of()), false));
            }

            void event(long offset, String run, String kind, int records, int clean, int refused, String digest, int from, int to) {
                String ranges = to == 0 ? "" : "{\"topic\":\"s\",\"partition\":0,\"from\":" + from + ",\"to\":" + to + ",\"records\":" + (to - from) + "}";
                String json = "{\"eventType\":\"" + kind + "\",\"run\":{\"runId\":\"" + run + "\",\"facets\":{\"weir_policy\":{\"digest\":\"" + digest
                    + "\"},\"weir_counts\":{\"records\":" + records + ",\"clean\":" + clean + ",\"refused\":{\"W0207\":" + refused + "}},\"weir_offsets\":{\"ranges\":[" + ranges + "]}}}}";
                lineage.add(rec("l", 0, offset, json));
            }

            void audit(int n) { audit += entry(n, lastHash(), ""); }

            String lastHash() { int at = audit.lastIndexOf("\"hash\":\""); return at < 0 ? "" : audit.substring(at + 8, at + 72); }

            static String entry(int n, String prev, String more) {
                String bare = "{\"seq\":" + n + ",\"time\":\"t\",\"actor\":\"uid:1\",\"act\":\"token.decrypt\",\"tenant\":\"t\"" + more + ",\"prev\":\"" + prev + "\",\"hash\":\"";
                return bare + Audit.sha(bare + "\",\"sig\":\"\"}") + "\",\"sig\":\"" + "A".repeat(86) + "==\"}\n";
            }

            /** Takes the log of a topic away, to be written anew. */
            void without(String topic) { log.removeIf(entry -> entry.topic().equals(topic)); }

            Judge judged() {
                try {
                    Judge judge = new Judge(canaries, Pattern.compile("\"id\":\"([^\"]+)\""));
                    judge.compare();
                    judge.lineage = new Lineage();
                    judge.transactions = new Transactions(judge);
                    judge.audit = Audit.of(audit.getBytes(StandardCharsets.UTF_8));
                    judge.during = new During(new BufferedReader(new java.io.StringReader(String.join("\n", during))));
                    source.forEach(judge::source);
                    clean.forEach(judge::clean);
                    quarantine.forEach(judge::quarantine);
                    lineage.forEach(judge.lineage::event);
                    reference.forEach(judge::reference);
                    for (boolean state : new boolean[] {true, false}) {
                        for (Entry entry : log) {
                            if (entry.topic().equals("state") != state) continue;
                            if (entry.rec() == null) judge.transactions.marker(entry.topic() + "/" + entry.partition(), entry.producer(), entry.commit());
                            else if (state) judge.transactions.state(entry.rec(), entry.producer(), (short) entry.epoch());
                            else judge.transactions.data(entry.rec(), entry.producer(), (short) entry.epoch());
                        }
                    }
                    for (List<Rec> exposed : List.of(clean, quarantine, aborted)) exposed.forEach(judge::exposed);
                    for (Map.Entry<String, byte[]> file : files.entrySet()) {
                        Path folder = Files.createTempDirectory("check");
                        Path path = folder.resolve(file.getKey());
                        Files.createDirectories(path.getParent());
                        Files.write(path, file.getValue());
                        Walker.walk(folder, new Options(new String[] {"--bootstrap", "none", "--source", "s", "--clean", "c", "--canaries", "none"}), judge);
                        Files.delete(path);
                        if (!path.getParent().equals(folder)) Files.delete(path.getParent());
                        Files.delete(folder);
                    }
                    judge.ends("c/0", stable, end);
                    judge.group("s", 0, committed, 8);
                    judge.close();
                    return judge;
                } catch (IOException why) {
                    throw new IllegalStateException(why);
                }
            }
        }

        static final String SSN = "123-45-6789", NAME = "Zo\u00eb O'Canary";
        static final List<String> CANARIES = List.of("Jane Canary", SSN, "abc", NAME, "4412");

        /** `twin` is the same without the defect; where it is left out, the run as it is. */
        record Plant(String name, String figure, Consumer<Run> in, Consumer<Run> twin) {
            Plant(String name, String figure, Consumer<Run> in) { this(name, figure, in, r -> {}); }
        }

        /** The delivery of records: these twelve are asked for by name. */
        static final List<Plant> DELIVERY = List.of(
            new Plant("a record lost", "lost", r -> r.clean.remove(0)),
            new Plant("a record twice", "duplicated", r -> r.clean.add(of(9, 0, 6, value(6)))),
            new Plant("a record of no source", "phantom", r -> r.clean.add(of(9, 0, 77, "{}"))),
            new Plant("another partition", "moved", r -> r.clean.set(3, of(0, 1, 3, null))),
            new Plant("two swapped", "disordered", r -> Collections.swap(r.clean, 0, 1)),
            new Plant("another record's value", "mismatched", r -> r.clean.set(0, of(0, 0, 0, value(1)))),
            new Plant("a tombstone filled", "tombstones", r -> r.clean.set(3, of(3, 0, 3, value(3)))),
            new Plant("half a batch made visible by a late EndTxn", "torn",
                r -> lateEnd(r, true), r -> lateEnd(r, false)),
            new Plant("two batches in one transaction", "torn",
                r -> { r.without("c"); r.clean.forEach(rec -> r.data(rec, 7)); r.end("c", 7, true); }),
            new Plant("a part missing", "incomplete_parts", r -> r.quarantine.remove(2)),
            new Plant("an offset too low", "wrong_offset", r -> r.committed = 7L),
            new Plant("a transaction left open", "hanging", r -> r.stable = 8));

        /** The first half of the second batch: committed by a marker of its own, or aborted. Then all of it, by who came after. */
        private static void lateEnd(Run r, boolean commit) {
            r.without("c");
            for (Rec rec : r.clean.subList(0, 4)) r.data(rec, 7);
            r.end("c", 7, true);
            Rec half = of(4, 0, 5, value(5));
            r.data(half, 8);
            r.end("c", 8, commit);
            for (Rec rec : r.clean.subList(4, 6)) r.data(rec, 8);
            r.end("c", 8, true);
            // What a consumer saw is what the log says: the doubled record shows in C1, and here.
            if (commit) r.clean.add(4, half);
        }

        static final List<Plant> OTHERS = new ArrayList<>(List.of(
            new Plant("in clean and in quarantine", "duplicated", r -> r.clean.add(of(9, 0, 4, value(4)))),
            new Plant("lost from quarantine", "lost", r -> r.quarantine.remove(0)),
            new Plant("a quarantined phantom", "phantom", r -> r.quarantine.add(rec("q", 0, 9, "x", "weir-source", "t/0/0"))),
            new Plant("no pointer at all", "phantom", r -> r.clean.add(rec("c", 0, 9, "{}"))),
            new Plant("a value made a tombstone", "tombstones", r -> r.clean.set(0, of(0, 0, 0, null))),
            new Plant("an id taken away", "mismatched", r -> r.clean.set(0, of(0, 0, 0, "{}"))),
            new Plant("two refused ones swapped", "disordered", r -> Collections.rotate(r.quarantine, 3)),
            new Plant("no offset committed", "wrong_offset", r -> r.committed = null),
            new Plant("an offset past the end", "wrong_offset", r -> r.committed = 9L),
            new Plant("the last part missing", "incomplete_parts", r -> r.quarantine.remove(3)),
            new Plant("two parts swapped", "incomplete_parts", r -> Collections.swap(r.quarantine, 2, 3)),
            new Plant("a part of another count", "incomplete_parts", r -> r.quarantine.set(2, part(3, 2, 4))),
            new Plant("a part in another partition", "incomplete_parts", r -> { Rec rec = r.quarantine.get(2); r.quarantine.set(2, new Rec("q", 1, 3, rec.key(), rec.value(), rec.headers())); }),
            new Plant("a tombstone twice under one key version", "duplicated", r -> echo(r, "v2", "v2"), r -> echo(r, "v2", "v1")),
            new Plant("a newer key version as an echo", "duplicated", r -> echo(r, "v1", "v2"), r -> echo(r, "v2", "v1")),
            new Plant("half a batch aborted", "torn", r -> { r.without("q"); r.data(r.quarantine.get(0), 7); r.end("q", 7, false); r.quarantine.remove(0); for (Rec rec : r.quarantine) r.data(rec, 8); r.end("q", 8, true); }),
            new Plant("two batches of one producer in one transaction", "torn", r -> sameProducer(r, true), r -> sameProducer(r, false)),
            new Plant("a batch of two transactions", "torn", r -> cut(r, true), r -> cut(r, false)),
            new Plant("a record that no batch has", "torn", r -> { Rec late = of(9, 0, 8, value(8)); r.source.add(rec("s", 0, 8, value(8))); r.clean.add(late); r.data(late, 9); r.end("c", 9, true); }),
            new Plant("a record outside any transaction", "torn", r -> r.log.replaceAll(entry -> entry.rec() == r.clean.get(5) ? new Entry("c", 0, -1, 0, entry.rec(), false) : entry)),
            new Plant("another producer than the tally's", "torn", r -> r.log.replaceAll(entry -> entry.topic().equals("c") && entry.producer() == 8 ? new Entry("c", 0, 9, 0, entry.rec(), entry.commit()) : entry)),
            new Plant("aborted and yet seen", "torn", r -> { r.log.removeIf(entry -> entry.rec() == r.quarantine.get(3)); r.data(r.quarantine.get(3), 6); r.end("q", 6, false); }),
            new Plant("a batch that the tally counts short", "torn", r -> { r.without("state"); r.tally("r1", 0, 5, 4, 7); r.end("state", 7, true); r.tally("r2", 5, 8, 3, 8); r.end("state", 8, true); }),
            new Plant("a compacted state topic tells nothing", "torn_unknown", r -> r.log.add(0, new Entry("state", 0, 7, 0, new Rec("state", 0, 0, bytes("tally|r0|s|0"), bytes("{}"), Map.of()), false))),
            new Plant("a stranger's marker between a batch's records", null, r -> { int at = r.log.indexOf(r.log.stream().filter(entry -> entry.rec() == r.clean.get(2)).findFirst().orElseThrow()); r.log.add(at, new Entry("c", 0, 99, 0, null, true)); r.log.add(at, new Entry("c", 0, 98, 0, of(9, 0, 6, value(6)), false)); r.log.add(new Entry("c", 0, 98, 0, null, false)); }),
            new Plant("seen during and not after", "during_only", r -> r.during.add(During.line(of(8, 0, 6, value(6))))),
            new Plant("not seen during", "during_missed", r -> r.during.remove(2)),
            new Plant("seen otherwise during", "during_changed", r -> r.during.set(2, During.line(of(2, 0, 2, "{\"id\":\"other\"}")))),
            new Plant("seen twice, and otherwise", "during_changed", r -> r.during.add(During.line(of(2, 0, 2, "{}"))), r -> r.during.add(r.during.get(2))),
            new Plant("half a line at the end", null, r -> r.during.add("c 0 5 00")),
            new Plant("lineage overlaps", "lineage_overlaps", r -> { r.lineage.remove(4); r.event(4, "r2", "COMPLETE", 4, 3, 1, DIGEST_A, 4, 8); }),
            new Plant("a gap in lineage", "lineage_gaps", r -> { r.lineage.remove(4); r.event(4, "r2", "COMPLETE", 2, 1, 1, DIGEST_A, 6, 8); }),
            new Plant("lineage ends early", "lineage_gaps", r -> { r.lineage.remove(4); r.event(4, "r2", "COMPLETE", 2, 1, 1, DIGEST_A, 5, 7); }),
            new Plant("a range past the source", "lineage_counts", r -> { r.lineage.remove(4); r.event(4, "r2", "COMPLETE", 3, 2, 1, DIGEST_A, 5, 9); }),
            new Plant("lineage counts too few", "lineage_counts", r -> { r.lineage.remove(4); r.event(4, "r2", "COMPLETE", 3, 1, 1, DIGEST_A, 5, 8); }),
            new Plant("lineage counts that go back", "lineage_counts", r -> r.event(5, "r2", "COMPLETE", 2, 1, 1, DIGEST_A, 5, 8)),
            new Plant("two policies in a run", "lineage_policies", r -> { r.lineage.remove(4); r.event(4, "r2", "COMPLETE", 3, 2, 1, DIGEST_B, 5, 8); }),
            new Plant("a run that goes on tells less", null, r -> { r.lineage.remove(4); r.event(4, "r2", "RUNNING", 1, 1, 0, DIGEST_A, 5, 6); }),
            new Plant("a value unlike the reference's", "differs", r -> r.reference.set(1, rec("rc", 0, 1, "{\"id\":\"r1\",\"t\":1}", "weir-source", "s/0/1", "weir-keys", "v1"))),
            new Plant("a header unlike the reference's", "differs", r -> r.reference.set(1, rec("rc", 0, 1, value(1), "weir-source", "s/0/1", "weir-keys", "v2")), r -> r.reference.set(1, rec("rc", 0, 1, value(1), "weir-source", "s/0/1", "weir-keys", "v1", "weir-batch", "77"))),
            new Plant("a code unlike the reference's", "differs", r -> r.reference.set(6, rec("rq", 0, 0, "sealed", "weir-source", "s/0/4", "weir-code", "W0202"))),
            new Plant("a record less than the reference", "differs", r -> r.reference.remove(6)),
            new Plant("an edited audit", "audit_broken", r -> r.audit = r.audit.replaceFirst("uid:1", "uid:2")),
            new Plant("an audit line taken out", "audit_broken", r -> { String[] l = r.audit.split("\n"); r.audit = l[0] + "\n" + l[2] + "\n" + l[3] + "\n"; }),
            new Plant("an audit line of another number", "audit_broken", r -> r.audit += Run.entry(6, r.lastHash(), ""), r -> r.audit += Run.entry(5, r.lastHash(), "")),
            new Plant("an audit line on another chain", "audit_broken", r -> r.audit += Run.entry(5, r.lastHash().replaceFirst("^.", "x"), "")),
            new Plant("the audit's head taken off", "audit_broken", r -> r.audit = r.audit.substring(r.audit.indexOf('\n') + 1)),
            new Plant("a piece that no later line tells of", "audit_broken", r -> r.audit += r.audit.substring(0, 30), r -> { String[] l = r.audit.split("\n"); r.audit += l[0].substring(0, 30) + "\n" + Run.entry(5, l[3].replaceAll(".*\"hash\":\"([0-9a-f]{64})\".*", "$1"), ",\"after_torn\":true"); }),
            new Plant("foreign words in the audit", "audit_broken", r -> r.audit += "words\n"),
            new Plant("a canary in a header's name", "leaked", r -> r.aborted.add(rec("c", 0, 9, null, SSN, ""))),
            new Plant("a canary in a key", "leaked", r -> r.aborted.add(new Rec("c", 0, 9, bytes(SSN), null, Map.of()))),
            new Plant("a canary in JSON in JSON", "leaked", r -> r.aborted.add(rec("c", 0, 9, "{\"t\":\"{\\\"t\\\":\\\"a\\\\n4412\\\"}\"}"))),
            new Plant("a canary in a value", "leaked", r -> r.aborted.add(rec("c", 0, 9, "{\"t\":\"seen\\nJANE canary, again\"}"))),
            new Plant("a short canary in HL7's hex", "leaked", r -> r.aborted.add(rec("c", 0, 9, "PID|\\X34343132\\|")), r -> r.aborted.add(rec("c", 0, 9, "PID|\\X34343133\\|"))),
            new Plant("a canary split by HL7's breaks, in JSON", "leaked", r -> r.aborted.add(rec("c", 0, 9, "{\"t\":\"Jane\\\\.br\\\\Canary\"}"))),
            new Plant("a long canary within a word", "leaked", r -> r.aborted.add(rec("c", 0, 9, "xZo\u00eb O'Canaryx"))),
            new Plant("zipped, in base64 needles' place, in JSON", "leaked", r -> r.aborted.add(new Rec("c", 0, 9, null, Canaries.zipped(bytes("{\"x\":\"\\u004aane Canary\"}")), Map.of()))),
            new Plant("digits at the end of a long text", "leaked", r -> r.aborted.add(rec("c", 0, 9, "17 and 4, ".repeat(2_000) + "123 45 6789")), r -> r.aborted.add(rec("c", 0, 9, "17 and 4, ".repeat(2_000) + "123 45 6780"))),
            new Plant("a canary on the border of a file's chunks", "leaked", r -> r.files.put("core", bytes("-".repeat((4 << 20) - 7) + SSN)), r -> r.files.put("core", bytes("-".repeat((4 << 20) - 7) + "123-45-6780"))),
            new Plant("a short canary within a word", null, r -> r.aborted.add(rec("c", 0, 9, "token:a4412b 44123"))),
            new Plant("a canary too short to count", null, r -> r.aborted.add(rec("c", 0, 9, "abc"))),
            new Plant("digits that go on", null, r -> r.aborted.add(rec("c", 0, 9, "1234567890 0123456789 12-345-6789-0 x123456789"))),
            new Plant("bytes that are no text", null, r -> r.aborted.add(new Rec("c", 0, 9, new byte[] {-1, -2, '\\'}, new byte[] {'\\', 'u', '1', '%', 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0}, Map.of()))),
            new Plant("100,000 clean records", null, SelfTest::many)));

        static {
            // Each encoding in each place; the twin is another identifier, written the same way.
            Canaries.ENCODERS.forEach((name, encode) -> {
                String text = name.equals("digits only") ? SSN : NAME, like = name.equals("digits only") ? "123-45-6780" : "Zo\u00eb O'Canasy";
                each("a canary in a key, " + name, encode, text, like, (r, bytes) -> r.aborted.add(new Rec("c", 0, 9, bytes, null, Map.of())));
                each("a canary in a value, " + name, encode, text, like, (r, bytes) -> r.aborted.add(new Rec("c", 0, 9, null, bytes, Map.of())));
                each("a canary in a header, " + name, encode, text, like, (r, bytes) -> r.aborted.add(new Rec("q", 0, 9, null, null, Map.of("note", bytes))));
                each("a canary in a file, " + name, encode, text, like, (r, bytes) -> r.files.put("stderr.log", bytes));
                each("a canary in a compressed log segment, " + name, encode, text, like, (r, bytes) -> r.files.put("c-0/00000000000000000000.log", segment(bytes)));
            });
            OTHERS.add(new Plant("a canary in a source's segment is no leak", null, r -> r.files.put("s-0/00000000000000000000.log", segment(bytes(NAME)))));
            for (int before = 0; before < 3; before++) {
                String pad = "abc".substring(0, before);
                each("base64 at " + before, text -> java.util.Base64.getUrlEncoder().encode(bytes(pad + text)), NAME, "Zo\u00eb O'Canasy", (r, bytes) -> r.aborted.add(new Rec("c", 0, 9, null, bytes, Map.of())));
            }
        }

        interface Put { void put(Run run, byte[] bytes); }

        private static void each(String name, Function<String, byte[]> encode, String text, String like, Put put) {
            OTHERS.add(new Plant(name, "leaked", r -> put.put(r, encode.apply(text)), r -> put.put(r, encode.apply(like))));
        }

        /** A segment with one batch, compressed. */
        private static byte[] segment(byte[] value) {
            ByteBuffer batch = MemoryRecords.withRecords(Compression.of(CompressionType.ZSTD).build(), new SimpleRecord(0L, bytes("k"), value), new SimpleRecord(0L, bytes("k"), bytes("filler ".repeat(99)))).buffer();
            byte[] bytes = new byte[batch.remaining()];
            batch.get(bytes);
            return bytes;
        }

        /** Tokens, numbers and words at random, as clean records have them. */
        private static void many(Run r) {
            Random random = new Random(7);
            r.canaries = new ArrayList<>(List.of("Jane Canary", NAME, "J. Lee", "12 Elm St"));
            for (int n = 0; n < 500; n++) {
                String ssn = String.format("%03d%02d%04d", random.nextInt(900), 10 + random.nextInt(80), random.nextInt(10000));
                r.canaries.addAll(List.of(ssn, ssn.substring(0, 3) + "-" + ssn.substring(3, 5) + "-" + ssn.substring(5), String.format("%010d", random.nextInt(1 << 30)), "Patient Number" + n));
            }
            byte[] sealed = new byte[200];
            for (int n = 0; n < 100_000; n++) {
                random.nextBytes(sealed);
                String value = String.format("{\"id\":\"%08x-%04x\",\"mrn\":\"%010d\",\"ssn\":\"%03d-%02d-%04d\",\"t\":\"[NAME:v1:%s] was seen on %d-%02d-%02d\\nand 50%% better\"}",
                    random.nextInt(), random.nextInt(1 << 16), random.nextInt(1 << 30), random.nextInt(900), 10 + random.nextInt(80), random.nextInt(10000),
                    java.util.Base64.getEncoder().encodeToString(Arrays.copyOf(sealed, 24)), 1900 + random.nextInt(120), 1 + random.nextInt(12), 1 + random.nextInt(28));
                r.aborted.add(new Rec("c", 0, n, bytes(String.valueOf(random.nextInt(1 << 30))), n % 50 == 0 ? sealed.clone() : bytes(value), Map.of()));
            }
        }

        /** The tombstone of s/0/3 under two key versions, the second behind the batch. */
        private static void echo(Run r, String first, String second) {
            r.without("c");
            r.clean.set(3, new Rec("c", 0, 3, bytes("k1"), null, headers("weir-source", "s/0/3", "weir-keys", first)));
            r.clean.add(4, new Rec("c", 0, 4, bytes("k2"), null, headers("weir-source", "s/0/3", "weir-keys", second)));
            r.clean.set(5, of(6, 0, 5, value(5)));
            r.clean.set(6, of(7, 0, 6, value(6)));
            for (Rec rec : r.clean.subList(0, 5)) r.data(rec, 7);
            r.end("c", 7, true);
            for (Rec rec : r.clean.subList(5, 7)) r.data(rec, 8);
            r.end("c", 8, true);
            r.during.clear();
            // The reference has the same key versions.
            r.reference.removeIf(rec -> rec.topic().equals("rc"));
            r.clean.forEach(rec -> r.reference.add(new Rec("rc", 0, rec.offset(), rec.key(), rec.value(), rec.headers())));
        }

        /** Both batches by one producer, their records in one transaction or in two. */
        private static void sameProducer(Run r, boolean once) {
            r.log.clear();
            r.tally("r1", 0, 5, 5, 7);
            r.end("state", 7, true);
            r.tally("r1", 0, 8, 8, 7);
            r.end("state", 7, true);
            for (Rec rec : r.clean.subList(0, 4)) r.data(rec, 7);
            if (!once) r.end("c", 7, true);
            for (Rec rec : r.clean.subList(4, 6)) r.data(rec, 7);
            r.end("c", 7, true);
            r.data(r.quarantine.get(0), 7);
            r.end("q", 7, true);
            for (Rec rec : r.quarantine.subList(1, 4)) r.data(rec, 7);
            r.end("q", 7, true);
        }

        /** The first batch's records in two transactions of its producer, or in one. */
        private static void cut(Run r, boolean twice) {
            r.without("c");
            for (Rec rec : r.clean.subList(0, 2)) r.data(rec, 7);
            if (twice) r.end("c", 7, true);
            for (Rec rec : r.clean.subList(2, 4)) r.data(rec, 7);
            r.end("c", 7, true);
            for (Rec rec : r.clean.subList(4, 6)) r.data(rec, 8);
            r.end("c", 8, true);
        }

        static int run() {
            long delivery = DELIVERY.stream().filter(SelfTest::right).count();
            boolean quiet = new Run().judged().satisfied();
            System.out.println("found " + delivery + " of " + DELIVERY.size() + " delivery defects; a clean run is " + (quiet ? "clean" : "NOT clean"));
            DELIVERY.forEach(plant -> System.out.println("  " + plant.name() + ": " + plant.figure()));
            long others = OTHERS.stream().filter(SelfTest::right).count();
            int encodings = Canaries.ENCODINGS.size();
            System.out.println("found " + others + " of " + OTHERS.size() + " others; each clean twin is clean; " + encodings + " of 12 encodings are looked for");
            OTHERS.forEach(plant -> System.out.println("  " + plant.name() + ": " + (plant.figure() == null ? "nothing, rightly" : plant.figure())));
            return delivery == DELIVERY.size() && others == OTHERS.size() && quiet && encodings == 12 ? 0 : 1;
        }

        private static boolean right(Plant plant) {
            Run run = new Run(), twin = new Run();
            plant.in().accept(run);
            plant.twin().accept(twin);
            Judge judge = run.judged(), clean = plant.figure() == null ? judge : twin.judged();
            boolean right = plant.figure() == null || judge.get(plant.figure()) == 1;
            if (!right) {
                System.err.println("not found: " + plant.name() + ": " + judge.json());
                judge.explain(System.err::println);
            }
            if (!clean.satisfied()) {
                System.err.println("a false alarm: the clean twin of " + plant.name() + ": " + clean.json());
                clean.explain(System.err::println);
            }
            return right && clean.satisfied();
        }

        private static byte[] bytes(String text) { return text.getBytes(StandardCharsets.UTF_8); }

        private static String value(int n) { return "{\"id\":\"r" + n + "\"}"; }

        private static Map<String, byte[]> headers(String... headers) {
            Map<String, byte[]> all = new LinkedHashMap<>();
            for (int n = 0; n < headers.length; n += 2) all.put(headers[n], bytes(headers[n + 1]));
            return all;
        }

        private static Rec rec(String topic, int partition, long offset, String value, String... headers) {
            return new Rec(topic, partition, offset, bytes("k"), value == null ? null : bytes(value), headers(headers));
        }

        /** A clean record of source record s/0/`of`. */
        private static Rec of(long offset, int partition, long of, String value) {
            return rec("c", partition, offset, value, "weir-source", "s/0/" + of, "weir-keys", "v1");
        }

        /** A part of the refused record s/0/7. */
        private static Rec part(long offset, int number, int of) {
            return rec("q", 0, offset, "sealed" + number, "weir-source", "s/0/7", "weir-code", "W0207", "weir-part", number + "/" + of);
        }
    }
}
