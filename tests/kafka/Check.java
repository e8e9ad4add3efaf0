// The independent check of a run: reads source, clean and quarantine topics with Kafka's own Java
// client and compares them. It shares no code with weir and no client library with it.
//
// java -cp 'lib/*' tests/kafka/Check.java --bootstrap H:P --source T[,T] --clean T --canaries FILE
//      [--quarantine T] [--others T,T] [--group G] [--id-regex R] [--deadline SECONDS]
//      [--source-isolation committed|uncommitted]
// java -cp 'lib/*' tests/kafka/Check.java --self-test
//
// Prints one JSON object on stdout and words on stderr. Exit 0: every figure that must be zero is
// zero; 1: one is not; 2: the check could not be made.

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

public class Check {
    public static void main(String[] args) {
        int code = 2;
        try {
            code = List.of(args).equals(List.of("--self-test")) ? SelfTest.run() : check(new Options(args));
        } catch (Exception why) {
            System.err.println("check: cannot judge: " + (why.getMessage() == null ? why : why.getMessage()));
        }
        System.exit(code);
    }

    static int check(Options options) throws Exception {
        Canaries canaries = new Canaries(Files.readAllLines(options.canaries));
        Judge judge = new Judge(canaries, options.id);
        Reader.read(options, judge);
        System.out.println(judge.json());
        judge.explain(System.err::println);
        return judge.satisfied() ? 0 : 1;
    }

    // ---- what is judged, and how: no Kafka types below this line, until Reader

    /** A record, whatever it was read from. */
    record Rec(String topic, int partition, long offset, byte[] key, byte[] value, Map<String, byte[]> headers) {
        String place() { return topic + "/" + partition + "/" + offset; }
        String header(String name) {
            byte[] value = headers.get(name);
            return value == null ? null : new String(value, StandardCharsets.UTF_8);
        }
    }

    /** What must be known of a source record after it was read. */
    record Input(String topic, int partition, long offset, String id, boolean tombstone) {}

    /** Is fed with every record, the source first, and then knows what is wrong. */
    static class Judge {
        static final List<String> MUST_BE_ZERO = List.of("lost", "duplicated", "phantom", "moved", "disordered",
            "mismatched", "tombstones", "leaked", "hanging", "wrong_offset");
        private static final int EXAMPLES_MAX = 5;

        private final Canaries canaries;
        private final Pattern idPattern;
        private final Map<String, Long> found = new LinkedHashMap<>();
        private final Map<String, Long> codes = new TreeMap<>();
        private final Map<String, List<String>> examples = new HashMap<>();
        private final Map<String, Input> inputs = new LinkedHashMap<>();
        private final Map<String, Integer> seen = new HashMap<>();
        /** The last source offset met in a clean partition, by clean partition and source partition. */
        private final Map<String, Long> last = new HashMap<>();

        Judge(Canaries canaries, Pattern idPattern) {
            this.canaries = canaries;
            this.idPattern = idPattern;
            for (String name : MUST_BE_ZERO) found.put(name, 0L);
            for (String name : List.of("source", "clean", "quarantine", "exposed", "without_id")) found.put(name, 0L);
            found.put("canaries", (long) canaries.count());
            found.put("canaries_too_short", (long) canaries.tooShort());
        }

        void source(Rec rec) {
            count("source");
            String id = idOf(rec);
            if (id == null && rec.value() != null) count("without_id");
            inputs.put(rec.place(), new Input(rec.topic(), rec.partition(), rec.offset(), id, rec.value() == null));
        }

        void clean(Rec rec) {
            count("clean");
            Input input = claim(rec);
            if (input == null) return;
            if (rec.partition() != input.partition()) bad("moved", rec);
            String lane = rec.topic() + "/" + rec.partition() + " of " + input.topic() + "/" + input.partition();
            Long before = last.put(lane, input.offset());
            // The same record again is a duplicate, and not out of order too.
            if (before != null && before > input.offset()) bad("disordered", rec);
            if (input.tombstone() != (rec.value() == null)) {
                bad("tombstones", rec);
            } else if (!String.valueOf(input.id()).equals(String.valueOf(idOf(rec)))) {
                bad("mismatched", rec);
            }
        }

        void quarantine(Rec rec) {
            count("quarantine");
            codes.merge(String.valueOf(rec.header("weir-code")), 1L, Long::sum);
            claim(rec);
        }

        /** A record of any topic but the source, aborted ones included: nothing planted may be in it. */
        void exposed(Rec rec) {
            count("exposed");
            int line = canaries.find(rec.key());
            String where = "the key";
            if (line < 0) { line = canaries.find(rec.value()); where = "the value"; }
            for (Map.Entry<String, byte[]> header : rec.headers().entrySet()) {
                if (line < 0) { line = canaries.find(header.getValue()); where = "a header"; }
                if (line < 0) { line = canaries.find(header.getKey().getBytes(StandardCharsets.UTF_8)); where = "a header's name"; }
            }
            // The line's number, not its text: a log is not a place for identifiers, planted or not.
            if (line >= 0) bad("leaked", rec.place() + ": line " + line + " of the canaries, in " + where);
        }

        /** An output partition whose last stable offset is below its end has an open transaction. */
        void ends(String partition, long stable, long end) {
            if (stable != end) bad("hanging", partition + ": last stable offset " + stable + ", end " + end);
        }

        /** `committed` is null where the group has no offset. */
        void group(String topic, int partition, Long committed, long end) {
            long next = 0;
            for (Input input : inputs.values()) {
                if (input.topic().equals(topic) && input.partition() == partition) next = Math.max(next, input.offset() + 1);
            }
            // Control records of a transactional producer stand between the last record and the end.
            boolean right = committed == null ? next == 0 : committed >= next && committed <= end;
            if (!right) bad("wrong_offset", topic + "/" + partition + ": committed " + committed + ", end " + end);
        }

        /** What only the whole shows: to be called once, after the last record. */
        void close() {
            inputs.forEach((place, input) -> {
                int times = seen.getOrDefault(place, 0);
                if (times == 0) bad("lost", place);
                for (int extra = 1; extra < times; extra++) bad("duplicated", place);
            });
        }

        boolean satisfied() { return MUST_BE_ZERO.stream().allMatch(name -> found.get(name) == 0); }

        long get(String name) { return found.getOrDefault(name, 0L); }

        String json() {
            Map<String, Long> all = new LinkedHashMap<>(found);
            codes.forEach((code, n) -> all.put("code " + code.replaceAll("[^A-Za-z0-9_.-]", "?"), n));
            return all.entrySet().stream().map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        }

        void explain(Consumer<String> say) {
            say.accept("check: " + get("source") + " source records; " + get("clean") + " clean, " + get("quarantine")
                + " in quarantine " + codes + "; " + get("exposed") + " looked through for " + get("canaries") + " canaries"
                + (get("canaries_too_short") > 0 ? " (" + get("canaries_too_short") + " too short, ignored)" : ""));
            for (String name : MUST_BE_ZERO) {
                if (get(name) == 0) continue;
                List<String> shown = examples.get(name);
                say.accept("check: " + name + ": " + get(name) + ": " + String.join("; ", shown)
                    + (get(name) > shown.size() ? "; ..." : ""));
            }
            say.accept(satisfied() ? "check: all is well" : "check: NOT well");
        }

        private Input claim(Rec rec) {
            String pointer = rec.header("weir-source");
            Input input = pointer == null ? null : inputs.get(pointer);
            if (input == null) bad("phantom", rec);
            else seen.merge(pointer, 1, Integer::sum);
            return input;
        }

        private String idOf(Rec rec) {
            if (rec.value() == null) return null;
            Matcher matcher = idPattern.matcher(new String(rec.value(), StandardCharsets.UTF_8));
            return matcher.find() ? matcher.group(1) : null;
        }

        private void count(String name) { found.merge(name, 1L, Long::sum); }

        private void bad(String name, Rec rec) { bad(name, rec.place()); }

        private void bad(String name, String example) {
            count(name);
            List<String> list = examples.computeIfAbsent(name, n -> new ArrayList<>());
            if (list.size() < EXAMPLES_MAX) list.add(example);
        }
    }

    /**
     * Planted identifiers, looked for in bytes in either case, as they stand and with JSON's escapes
     * undone. The first four bytes at a position say which lengths are worth a look, and a rolling
     * hash finds the candidate, so that half a million of them cost little more than one.
     */
    static class Canaries {
        private static final int SHORTEST = 4;
        /** From this length on a canary counts inside a longer word too; a shorter one would be met there by chance. */
        private static final int ANYWHERE_FROM = 12;
        private static final int TABLE_BITS = 20;
        private static final long BASE = 0x9E3779B97F4A7C15L;

        /** By four bytes: bit n for a canary of n bytes, bit 63 for any longer one. */
        private final long[] lengthsAt = new long[1 << TABLE_BITS];
        private final int[] slots;
        private final byte[][] texts;
        private final int[] lines;
        private final int[] longLengths;
        private final int tooShort;
        private int count;
        private long[] powers = {1};
        private long[] sums = {0};

        Canaries(List<String> all) {
            int size = Integer.highestOneBit(Math.max(all.size(), 8)) * 4, ignored = 0;
            slots = new int[size];
            texts = new byte[all.size()][];
            lines = new int[all.size()];
            Set<Integer> overlong = new TreeSet<>();
            for (int line = 0; line < all.size(); line++) {
                byte[] text = folded(all.get(line).strip().getBytes(StandardCharsets.UTF_8));
                if (text.length == 0) continue;
                if (text.length < SHORTEST) { ignored++; continue; }
                prepare(text);
                int slot = slotOf(text, 0, text.length);
                if (slots[slot] != 0) continue;
                texts[count] = text;
                lines[count] = line + 1;
                slots[slot] = ++count;
                lengthsAt[four(text, 0)] |= 1L << Math.min(text.length, 63);
                if (text.length >= 63) overlong.add(text.length);
            }
            tooShort = ignored;
            longLengths = overlong.stream().mapToInt(Integer::intValue).toArray();
        }

        int count() { return count; }

        int tooShort() { return tooShort; }

        /** The line of a canary that occurs in `bytes`, or -1. */
        int find(byte[] bytes) {
            if (bytes == null) return -1;
            byte[] text = folded(bytes);
            int line = search(text);
            // JSON inside a JSON string is escaped twice; a third layer is nobody's format.
            for (int layer = 0; line < 0 && layer < 2 && indexOf(text, '\\') >= 0; layer++) {
                text = unescaped(text);
                line = search(text);
            }
            return line;
        }

        private int search(byte[] text) {
            prepare(text);
            for (int at = 0; at + SHORTEST <= text.length; at++) {
                long lengths = lengthsAt[four(text, at)];
                boolean starts = lengths != 0 && border(text, at);
                for (; lengths != 0; lengths &= lengths - 1) {
                    int length = Long.numberOfTrailingZeros(lengths);
                    int[] tried = length == 63 ? longLengths : null;
                    for (int n = 0; n < (tried == null ? 1 : tried.length); n++) {
                        int size = tried == null ? length : tried[n], end = at + size;
                        if (end > text.length) break;
                        if (size < ANYWHERE_FROM && !(starts && border(text, end))) continue;
                        int found = slots[slotOf(text, at, end)];
                        if (found != 0) return lines[found - 1];
                    }
                }
            }
            return -1;
        }

        /** A token ends where not both sides are ASCII letters or digits. */
        private static boolean border(byte[] text, int at) {
            return at == 0 || at == text.length || !word(text[at - 1]) || !word(text[at]);
        }

        private static boolean word(byte b) { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9'; }

        private static int four(byte[] text, int at) {
            int word = (text[at] & 255) << 24 | (text[at + 1] & 255) << 16 | (text[at + 2] & 255) << 8 | text[at + 3] & 255;
            return word * 0x9E3779B1 >>> 32 - TABLE_BITS;
        }

        /** Hashes of every prefix, so that any window's hash is one multiplication. */
        private void prepare(byte[] text) {
            if (sums.length <= text.length) {
                int known = powers.length, size = text.length * 2 + 1;
                sums = new long[size];
                powers = Arrays.copyOf(powers, size);
                for (int n = known; n < size; n++) powers[n] = powers[n - 1] * BASE;
            }
            for (int n = 0; n < text.length; n++) sums[n + 1] = sums[n] * BASE + (text[n] & 255) + 1;
        }

        /** The slot that holds this window of the prepared text, or the empty one where it would go. */
        private int slotOf(byte[] text, int from, int to) {
            long hash = sums[to] - sums[from] * powers[to - from];
            int slot = (int) ((hash ^ hash >>> 29) * BASE >>> 32) & slots.length - 1;
            while (slots[slot] != 0) {
                byte[] held = texts[slots[slot] - 1];
                if (Arrays.equals(held, 0, held.length, text, from, to)) return slot;
                slot = slot + 1 & slots.length - 1;
            }
            return slot;
        }

        private static byte[] folded(byte[] bytes) {
            byte[] text = bytes.clone();
            for (int n = 0; n < text.length; n++) {
                if (text[n] < 0) return new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
                if (text[n] >= 'A' && text[n] <= 'Z') text[n] += 32;
            }
            return text;
        }

        private static int indexOf(byte[] text, char wanted) {
            for (int n = 0; n < text.length; n++) if (text[n] == wanted) return n;
            return -1;
        }

        private static byte[] unescaped(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            StringBuilder plain = new StringBuilder();
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c != '\\' || at + 1 == text.length()) { plain.append(c); continue; }
                char kind = text.charAt(++at);
                if (kind == 'u' && at + 4 < text.length() && text.substring(at + 1, at + 5).matches("[0-9a-f]{4}")) {
                    plain.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    plain.append("nrtbf".indexOf(kind) >= 0 ? ' ' : kind);
                }
            }
            return folded(plain.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    // ---- reading: the only part that knows Kafka

    static class Options {
        private static final Set<String> NAMES = Set.of("--bootstrap", "--source", "--clean", "--quarantine", "--others",
            "--group", "--canaries", "--id-regex", "--deadline", "--source-isolation");
        private final Map<String, String> given = new HashMap<>();
        final String bootstrap, group;
        final List<String> source, clean, quarantine, others;
        final Path canaries;
        final Pattern id;
        final boolean sourceCommitted;
        final long deadline;

        Options(String[] args) {
            for (int at = 0; at < args.length; at += 2) {
                if (!NAMES.contains(args[at]) || at + 1 == args.length) throw new IllegalArgumentException("what is " + args[at] + "? Known: " + new TreeSet<>(NAMES) + ", each with a value, or --self-test alone");
                // A topic option may come again.
                given.merge(args[at], args[at + 1], (one, two) -> one + "," + two);
            }
            bootstrap = required("--bootstrap");
            source = topics(required("--source"));
            clean = topics(required("--clean"));
            quarantine = topics(given.getOrDefault("--quarantine", ""));
            others = topics(given.getOrDefault("--others", ""));
            group = given.get("--group");
            canaries = Path.of(required("--canaries"));
            id = Pattern.compile(given.getOrDefault("--id-regex", "\"id\"\\s*:\\s*\"([^\"]+)\""));
            sourceCommitted = given.getOrDefault("--source-isolation", "uncommitted").equals("committed");
            deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(given.getOrDefault("--deadline", "120")));
        }

        private String required(String name) {
            if (!given.containsKey(name)) throw new IllegalArgumentException(name + " is missing");
            return given.get(name);
        }

        private static List<String> topics(String list) {
            return Arrays.stream(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
        }

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
                List<String> outputs = new ArrayList<>(options.clean);
                outputs.addAll(options.quarantine);
                outputs.addAll(options.others);
                List<TopicPartition> source = partitions(admin, options.source, options);
                each(admin, source, options.sourceCommitted, options, judge::source);
                each(admin, partitions(admin, options.clean, options), true, options, judge::clean);
                each(admin, partitions(admin, options.quarantine, options), true, options, judge::quarantine);
                List<TopicPartition> exposed = partitions(admin, outputs, options);
                each(admin, exposed, false, options, judge::exposed);
                Map<TopicPartition, Long> stable = ends(admin, exposed, true, options), ends = ends(admin, exposed, false, options);
                for (TopicPartition p : exposed) judge.ends(p.topic() + "/" + p.partition(), stable.get(p), ends.get(p));
                if (options.group != null) group(admin, source, options, judge);
            }
            judge.close();
        }

        private static List<TopicPartition> partitions(Admin admin, Collection<String> topics, Options options) throws Exception {
            if (topics.isEmpty()) return List.of();
            List<TopicPartition> partitions = new ArrayList<>();
            for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get(options.millisLeft(), TimeUnit.MILLISECONDS).values()) {
                topic.partitions().forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
            }
            return partitions;
        }

        private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions, boolean committed, Options options) throws Exception {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (TopicPartition p : partitions) wanted.put(p, OffsetSpec.latest());
            IsolationLevel level = committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(wanted, new ListOffsetsOptions(level)).all().get(options.millisLeft(), TimeUnit.MILLISECONDS)
                .forEach((p, info) -> ends.put(p, info.offset()));
            return ends;
        }

        /** Every record from the beginning to the end as it is now, each partition in its order. */
        private static void each(Admin admin, List<TopicPartition> partitions, boolean committed, Options options, Consumer<Rec> into) throws Exception {
            if (partitions.isEmpty()) return;
            Properties settings = new Properties();
            settings.put("bootstrap.servers", options.bootstrap);
            settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
            settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
            settings.put("isolation.level", committed ? "read_committed" : "read_uncommitted");
            settings.put("enable.auto.commit", "false");
            settings.put("max.poll.records", "5000");
            Map<TopicPartition, Long> ends = ends(admin, partitions, committed, options);
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Duration patience = Duration.ofMillis(options.millisLeft());
                while (partitions.stream().anyMatch(p -> consumer.position(p, patience) < ends.get(p))) {
                    options.millisLeft();
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                        // What came after the snapshot of the ends is not part of this check.
                        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) into.accept(rec(record));
                    }
                }
            }
        }

        private static Rec rec(ConsumerRecord<byte[], byte[]> record) {
            Map<String, byte[]> headers = new LinkedHashMap<>();
            // A header's name may come twice, and each value has to be looked at.
            for (Header header : record.headers()) {
                String name = header.key();
                while (headers.containsKey(name)) name += " ";
                headers.put(name, header.value());
            }
            return new Rec(record.topic(), record.partition(), record.offset(), record.key(), record.value(), headers);
        }

        private static void group(Admin admin, List<TopicPartition> source, Options options, Judge judge) throws Exception {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(options.group)
                .partitionsToOffsetAndMetadata().get(options.millisLeft(), TimeUnit.MILLISECONDS);
            Map<TopicPartition, Long> ends = ends(admin, source, false, options);
            for (TopicPartition p : source) {
                OffsetAndMetadata offset = committed.get(p);
                judge.group(p.topic(), p.partition(), offset == null ? null : offset.offset(), ends.get(p));
            }
        }
    }

    // ---- the checker checked: each planted defect must be found, and a clean run must be clean

    static class SelfTest {
        /** A whole run in memory. */
        static class Run {
            final List<Rec> source = new ArrayList<>(), clean = new ArrayList<>(), quarantine = new ArrayList<>(), aborted = new ArrayList<>();
            long stable = 9, end = 9;
            Long committed = 5L;

            /** Five records: three with ids, a tombstone, and one that is refused. */
            Run() {
                for (int n = 0; n < 5; n++) source.add(rec("s", 0, n, n == 3 ? null : "{\"id\":\"r" + n + "\"}"));
                for (int n = 0; n < 4; n++) clean.add(of(n, 0, n, n == 3 ? null : "{\"id\":\"r" + n + "\"}"));
                quarantine.add(rec("q", 0, 0, "sealed", "weir-source", "s/0/4", "weir-code", "W0207"));
            }

            Judge judged() {
                Judge judge = new Judge(new Canaries(List.of("Jane Canary", "123-45-6789", "abc", "Zo\u00eb O'Canary", "4412")), Pattern.compile("\"id\":\"([^\"]+)\""));
                source.forEach(judge::source);
                clean.forEach(judge::clean);
                quarantine.forEach(judge::quarantine);
                for (List<Rec> exposed : List.of(clean, quarantine, aborted)) exposed.forEach(judge::exposed);
                judge.ends("c/0", stable, end);
                judge.group("s", 0, committed, 5);
                judge.close();
                return judge;
            }
        }

        record Plant(String name, String figure, Consumer<Run> in) {}

        static final List<Plant> PLANTS = List.of(
            new Plant("a record lost", "lost", r -> r.clean.remove(0)),
            new Plant("a record twice", "duplicated", r -> r.clean.add(of(4, 0, 3, null))),
            new Plant("a record of no source", "phantom", r -> r.clean.add(of(4, 0, 77, "{}"))),
            new Plant("another partition", "moved", r -> r.clean.set(3, of(0, 1, 3, null))),
            new Plant("two swapped", "disordered", r -> Collections.swap(r.clean, 0, 1)),
            new Plant("another record's value", "mismatched", r -> r.clean.set(0, of(0, 0, 0, "{\"id\":\"r1\"}"))),
            new Plant("a tombstone filled", "tombstones", r -> r.clean.set(3, of(3, 0, 3, "{\"id\":\"r3\"}"))),
            new Plant("a canary in a value", "leaked", r -> r.aborted.add(rec("c", 0, 9, "{\"t\":\"seen\\nJANE canary, again\"}"))),
            new Plant("a canary in a key", "leaked", r -> r.aborted.add(new Rec("c", 0, 9, bytes("123-45-6789"), null, Map.of()))),
            new Plant("a canary in a header", "leaked", r -> r.aborted.add(rec("q", 0, 9, null, "note", "SSN 123-45-6789."))),
            new Plant("an offset too low", "wrong_offset", r -> r.committed = 4L),
            new Plant("a transaction left open", "hanging", r -> r.stable = 8));

        /** Finer points: what must be found too, and (with no figure) what must not be. */
        static final List<Plant> EDGES = List.of(
            new Plant("in clean and in quarantine", "duplicated", r -> r.clean.add(of(4, 0, 4, "{\"id\":\"r4\"}"))),
            new Plant("lost from quarantine", "lost", r -> r.quarantine.clear()),
            new Plant("a quarantined phantom", "phantom", r -> r.quarantine.add(rec("q", 0, 1, "x", "weir-source", "t/0/0"))),
            new Plant("no pointer at all", "phantom", r -> r.clean.add(rec("c", 0, 9, "{}"))),
            new Plant("a value made a tombstone", "tombstones", r -> r.clean.set(0, of(0, 0, 0, null))),
            new Plant("an id taken away", "mismatched", r -> r.clean.set(0, of(0, 0, 0, "{}"))),
            new Plant("no offset committed", "wrong_offset", r -> r.committed = null),
            new Plant("an offset past the end", "wrong_offset", r -> r.committed = 6L),
            new Plant("a canary in a header's name", "leaked", r -> r.aborted.add(rec("c", 0, 9, null, "123-45-6789", ""))),
            new Plant("a canary in escapes", "leaked", r -> r.aborted.add(rec("c", 0, 9, "{\"t\":\"ZO\\u00cb O\\u0027Canary\"}"))),
            new Plant("a canary in JSON in JSON", "leaked", r -> r.aborted.add(rec("c", 0, 9, "{\"t\":\"{\\\"t\\\":\\\"a\\\\n4412\\\"}\"}"))),
            new Plant("a long canary within a word", "leaked", r -> r.aborted.add(rec("c", 0, 9, "xZo\u00eb O'Canaryx"))),
            new Plant("a short canary within a word", null, r -> r.aborted.add(rec("c", 0, 9, "token:a4412b 44123"))),
            new Plant("a canary too short to count", null, r -> r.aborted.add(rec("c", 0, 9, "abc"))),
            new Plant("bytes that are no text", null, r -> r.aborted.add(new Rec("c", 0, 9, new byte[] {-1, -2, '\\'}, new byte[] {'\\', 'u', '1'}, Map.of()))));

        static int run() {
            long found = PLANTS.stream().filter(SelfTest::right).count(), edges = EDGES.stream().filter(SelfTest::right).count();
            boolean quiet = new Run().judged().satisfied();
            System.out.println("found " + found + " of " + PLANTS.size() + " planted defects; a clean run is "
                + (quiet ? "clean" : "NOT clean") + "; " + edges + " of " + EDGES.size() + " finer points right");
            return found == PLANTS.size() && edges == EDGES.size() && quiet ? 0 : 1;
        }

        private static boolean right(Plant plant) {
            Run run = new Run();
            plant.in().accept(run);
            Judge judge = run.judged();
            boolean right = plant.figure() == null ? judge.satisfied() : judge.get(plant.figure()) == 1;
            if (!right) System.err.println("wrong: " + plant.name() + ": " + judge.json());
            return right;
        }

        private static byte[] bytes(String text) { return text.getBytes(StandardCharsets.UTF_8); }

        private static Rec rec(String topic, int partition, long offset, String value, String... headers) {
            Map<String, byte[]> all = new LinkedHashMap<>();
            for (int n = 0; n < headers.length; n += 2) all.put(headers[n], bytes(headers[n + 1]));
            return new Rec(topic, partition, offset, bytes("k"), value == null ? null : bytes(value), all);
        }

        /** A clean record of source record s/0/`of`. */
        private static Rec of(long offset, int partition, long of, String value) {
            return rec("c", partition, offset, value, "weir-source", "s/0/" + of);
        }
    }
}
