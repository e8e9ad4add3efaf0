"""An independent client of Kafka and a schema registry: Confluent's own serializers and deserializers.

    registry.py write BROKERS REGISTRY TOPIC FORMAT SCHEMAFILE [--wire v0|v1] [--message NAME]
                      [--ref NAME=SUBJECT=FILE]...
    registry.py read BROKERS REGISTRY TOPIC FORMAT COUNT [--message NAME]

FORMAT is avro, protobuf or json. `write` reads JSON Lines, {"key", "value"}, and registers the schema under
TOPIC-value; `read` prints the first COUNT records that are committed as JSON Lines. Both speak the same JSON: bytes
are base64; a decimal, a date, a time or a UUID of Avro is text; a Protobuf message is Protobuf's own JSON with the
fields' own names. Both end within `--deadline SECONDS` (60)."""

import argparse
import base64
import datetime
import decimal
import importlib
import json
import math
import os
import signal
import sys
import tempfile
import uuid

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.schema_registry import (
    Schema,
    SchemaReference,
    SchemaRegistryClient,
    dual_schema_id_deserializer,
    header_schema_id_serializer,
    prefix_schema_id_serializer,
    topic_subject_name_strategy,
)
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.schema_registry.schema_registry_client import RegisteredSchema
from confluent_kafka.schema_registry.serde import SchemaId
from confluent_kafka.serialization import MessageField, SerializationContext
from fastavro.schema import parse_schema
from google.protobuf import descriptor_pb2, json_format, unknown_fields
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from grpc_tools import protoc

TYPES = {"avro": "AVRO", "protobuf": "PROTOBUF", "json": "JSON"}
# Records before it is seen to that they are sent.
POLL_EVERY = 1000


def main():
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, last in [("write", "schemafile"), ("read", "count")]:
        sub = verbs.add_parser(verb)
        for name in ["brokers", "registry", "topic"]:
            sub.add_argument(name)
        sub.add_argument("format", choices=TYPES)
        sub.add_argument(last, type=int if last == "count" else str)
        sub.add_argument("--message")
        sub.add_argument("--deadline", type=float, default=60.0)
        if verb == "write":
            sub.add_argument("--wire", choices=["v0", "v1"], default="v0")
            sub.add_argument("--ref", action="append", default=[], metavar="NAME=SUBJECT=FILE")
    args = parser.parse_args()

    def late(*_):
        raise TimeoutError(f"not done within {args.deadline} s")

    signal.signal(signal.SIGALRM, late)
    # A library may swallow the first one.
    signal.setitimer(signal.ITIMER_REAL, args.deadline, 1.0)
    try:
        with tempfile.TemporaryDirectory(prefix="weir-registry-") as folder:
            (write if args.verb == "write" else read)(args, Registry(args.registry, folder))
    except Exception as why:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.exit(f"registry.py {args.verb}: {type(why).__name__}: {why}")


class Registry(SchemaRegistryClient):
    """Confluent's client, and what Confluent's server does for it and another may not: it turns Protobuf's text into
    compiled descriptors and back, and gives each schema a GUID."""

    def __init__(self, url, folder):
        super().__init__({"url": url, "timeout": 10, "max.retries": 2})
        self.folder = folder
        self.protobuf = {}  # Text and references by the name of the file.
        self.descriptors = {}  # By name, text and references.
        self.ids = {}  # By GUID.
        self.made_guid = False

    def register_schema_full_response(self, subject_name, schema, normalize_schemas=False):
        known = super().register_schema_full_response(subject_name, self.source(schema), normalize_schemas)
        guid = known.guid
        if guid is None:
            # A GUID that nobody can look up there: for the bytes alone.
            guid, self.made_guid = guid_of(known.schema_id), True
        self.ids[guid] = known.schema_id
        return RegisteredSchema(
            subject=known.subject, version=known.version, schema_id=known.schema_id, guid=guid, schema=schema
        )

    def lookup_schema(self, subject_name, schema, *args, **options):
        return super().lookup_schema(subject_name, self.source(schema), *args, **options)

    def source(self, schema):
        """The text of what the serializer compiled."""
        if schema.schema_type != "PROTOBUF":
            return schema
        compiled = descriptor_pb2.FileDescriptorProto.FromString(base64.b64decode(schema.schema_str))
        return self.protobuf[compiled.name]

    def get_schema(self, schema_id, subject_name=None, fmt=None, reference_format=None):
        return self.compiled(super().get_schema(schema_id, subject_name), fmt)

    def get_schema_by_guid(self, guid, fmt=None):
        return self.compiled(super().get_schema_by_guid(guid), fmt)

    def get_version(self, subject_name, version="latest", deleted=False, fmt=None):
        known = super().get_version(subject_name, version, deleted)
        return RegisteredSchema(
            subject=known.subject,
            version=known.version,
            schema_id=known.schema_id,
            guid=known.guid,
            schema=self.compiled(known.schema, fmt),
        )

    def compiled(self, schema, fmt):
        if schema.schema_type != "PROTOBUF" or fmt != "serialized":
            return schema
        main = self.compile("schema.proto", schema)[-1]
        return Schema(base64.b64encode(main.SerializeToString()).decode(), "PROTOBUF", schema.references)

    def compile(self, name, schema):
        """The descriptors of a schema's text and of all that it imports, itself last."""
        key = (name, schema.schema_str, str(schema.references))
        if key not in self.descriptors:
            self.descriptors[key] = self.run_protoc(name, schema)
        return self.descriptors[key]

    def run_protoc(self, name, schema):
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            sources = {name: schema.schema_str}
            self.collect(schema, sources)
            for path, text in sources.items():
                path = os.path.join(folder, "in", path)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            known, out = os.path.join(folder, "known"), os.path.join(folder, "out")
            with open(known, "wb") as file:
                file.write(wellknown().SerializeToString())
            google = os.path.join(os.path.dirname(protoc.__file__), "_proto")
            done = protoc.main(
                ["protoc", "-I", os.path.join(folder, "in"), "-I", google, f"--descriptor_set_in={known}"]
                + ["--include_imports", f"--descriptor_set_out={out}", name]
            )
            if done != 0:
                raise ValueError(f"protoc does not compile {name}")
            with open(out, "rb") as file:
                return list(descriptor_pb2.FileDescriptorSet.FromString(file.read()).file)

    def collect(self, schema, sources):
        for reference in schema.references or []:
            if reference.name not in sources:
                known = super().get_version(reference.subject, reference.version, True).schema
                sources[reference.name] = known.schema_str
                self.collect(known, sources)


def guid_of(schema_id):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"schema id {schema_id}"))


def wellknown():
    """Files that Confluent's server has without a reference: its own, and Google's types."""
    names = [f"google.type.{name}_pb2" for name in ["date", "datetime", "timeofday", "money", "decimal"]]
    prefix = "confluent_kafka.schema_registry.confluent"
    names += [f"{prefix}.{name}_pb2" for name in ["meta", "type.decimal", "type.variant", "types.decimal"]]
    files = descriptor_pb2.FileDescriptorSet()
    seen = set()

    def add(file):
        if file.name not in seen:
            seen.add(file.name)
            for other in file.dependencies:
                add(other)
            file.CopyToProto(files.file.add())

    for name in names:
        add(importlib.import_module(name).DESCRIPTOR)
    return files


def message_class(files, name=None, indexes=None):
    """The class of a message: the one of this name, or the one that a record's indexes name."""
    pool = DescriptorPool()
    for file in files:
        pool.Add(file)
    top = pool.FindFileByName(files[-1].name)
    if name:
        return GetMessageClass(pool.FindMessageTypeByName(name))
    first, *rest = indexes
    # By their place in the file: the runtime's own table has them by name.
    found = top.message_types_by_name[files[-1].message_type[first].name]
    for index in rest:
        found = found.nested_types[index]
    return GetMessageClass(found)


def write(args, registry):
    with open(args.schemafile, encoding="utf-8") as file:
        text = file.read()
    subject, kind = f"{args.topic}-value", TYPES[args.format]
    references, named = [], {}
    for given in args.ref:
        name, its_subject, path = given.split("=", 2)
        with open(path, encoding="utf-8") as file:
            its_text = file.read()
        # One that is given earlier may be used by a later one.
        used = [reference for reference in references if reference.name in its_text]
        schema = Schema(its_text, kind, used)
        SchemaRegistryClient.register_schema_full_response(registry, its_subject, schema)
        version = SchemaRegistryClient.lookup_schema(registry, its_subject, schema).version
        references.append(SchemaReference(name, its_subject, version))
        registry.protobuf[name] = schema
        if args.format == "avro":
            parse_schema(json.loads(its_text), named_schemas=named)
    schema = Schema(text, kind, references)
    conf = {
        "auto.register.schemas": True,
        "subject.name.strategy": topic_subject_name_strategy,
        "schema.id.serializer": header_schema_id_serializer if args.wire == "v1" else prefix_schema_id_serializer,
    }
    if args.format == "avro":
        serializer = AvroSerializer(registry, schema, conf=conf)
        parsed = parse_schema(json.loads(text), named_schemas=named)

        def convert(value):
            return to_avro(value, parsed, named)

    elif args.format == "json":
        serializer = JSONSerializer(schema, registry, conf=conf)

        def convert(value):
            return value

    else:
        name = os.path.basename(args.schemafile)
        registry.protobuf[name] = schema
        subjects = {reference.name: reference.subject for reference in references}
        conf["reference.subject.name.strategy"] = lambda _, reference: subjects[reference.name]
        message = message_class(registry.compile(name, schema), args.message, [0])
        serializer = ProtobufSerializer(message, registry, conf)

        def convert(value):
            return json_format.ParseDict(value, message())

    # Before the deadline, so that the reason is told.
    producer = Producer(kafka(args) | {"message.timeout.ms": int(args.deadline * 800)})
    failures, ids, guids, written = [], set(), set(), 0

    def delivered(error, _):
        if error is not None:
            failures.append(str(error))

    for line in sys.stdin:
        if not line.strip():
            continue
        record = json.loads(line)
        value, headers = record.get("value"), []
        if value is not None:
            context = SerializationContext(args.topic, MessageField.VALUE, headers)
            value = serializer(convert(value), context)
            found = SchemaId(kind)
            dual_schema_id_deserializer(value, context, found)
            if found.id is None:
                guids.add(str(found.guid))
            ids.add(found.id or registry.ids[str(found.guid)])
        while True:
            try:
                producer.produce(args.topic, key=record.get("key"), value=value, headers=headers, on_delivery=delivered)
                break
            except BufferError:
                producer.poll(0.1)
        written += 1
        if written % POLL_EVERY == 0:
            producer.poll(0)
    left = producer.flush(args.deadline)
    if failures or left:
        raise RuntimeError(f"{len(failures)} records were refused, {left} not sent: {failures[:1]}")
    out = {"written": written, "ids": sorted(ids), "subject": subject}
    if args.wire == "v1":
        out |= {"guids": sorted(guids), "guid_from": "peer" if registry.made_guid else "registry"}
    print(json.dumps(out))


def read(args, registry):
    group = f"registry-peer-{uuid.uuid4()}"
    consumer = Consumer(
        kafka(args) | {"group.id": group, "isolation.level": "read_committed", "enable.auto.commit": False}
    )
    topic = consumer.list_topics(args.topic, timeout=args.deadline * 0.8).topics[args.topic]
    if topic.error is not None:
        raise RuntimeError(str(topic.error))
    consumer.assign([TopicPartition(args.topic, partition, 0) for partition in topic.partitions])
    conf = {"subject.name.strategy": topic_subject_name_strategy}
    if args.format == "avro":
        deserializer = AvroDeserializer(registry, conf=conf)
    elif args.format == "json":
        deserializer = JSONDeserializer(None, schema_registry_client=registry, conf=conf)
    else:
        deserializer = Protobuf(registry, args.message, conf)
    seen = 0
    while seen < args.count:
        at = f"{seen} of {args.count} records"
        try:
            message = consumer.poll(0.2)
            if message is None:
                continue
            if message.error() is not None:
                raise RuntimeError(str(message.error()))
            at = f"partition {message.partition()}, offset {message.offset()}"
            print(json.dumps(row(args, registry, deserializer, message)))
        except Exception as why:
            raise RuntimeError(f"{at}: {type(why).__name__}: {why}") from why
        seen += 1
    consumer.close()


def kafka(args):
    # What goes wrong is said once, at the end.
    return {"bootstrap.servers": args.brokers, "log_level": 2}


def row(args, registry, deserializer, message):
    headers = {}
    for name, value in message.headers() or []:
        binary = name in ("__key_schema_id", "__value_schema_id")
        headers[name] = base64.b64encode(value).decode() if binary else text_of(value)
    out = {"partition": message.partition(), "offset": message.offset(), "key": text_of(message.key())}
    out |= {"value": None, "headers": headers, "schema_id": None, "subject_schema": None}
    if message.value() is None:
        return out
    context = SerializationContext(args.topic, MessageField.VALUE, message.headers() or [])
    found = SchemaId(TYPES[args.format])
    dual_schema_id_deserializer(message.value(), context, found)
    if found.id is None:
        schema = registry.get_schema_by_guid(str(found.guid))
        out["schema_guid"] = str(found.guid)
    else:
        schema = registry.get_schema(found.id, f"{args.topic}-value")
    out |= {"schema_id": found.id, "subject_schema": schema.schema_str}
    value = deserializer(message.value(), context)
    if args.format == "protobuf":
        out["message"] = value.DESCRIPTOR.full_name
        out["unknown"] = unknown(value)
        value = json_format.MessageToDict(value, preserving_proto_field_name=True)
    out["value"] = plain(value)
    return out


class Protobuf:
    """Confluent's deserializer, with a message class made of the schema's text for each schema and message."""

    def __init__(self, registry, name, conf):
        self.registry, self.name, self.conf, self.made = registry, name, conf, {}

    def __call__(self, data, context):
        found = SchemaId("PROTOBUF")
        dual_schema_id_deserializer(data, context, found)
        which = (found.id, found.guid, tuple(found.message_indexes))
        if which not in self.made:
            if found.id is None:
                schema = self.registry.get_schema_by_guid(str(found.guid))
            else:
                schema = self.registry.get_schema(found.id, f"{context.topic}-value")
            files = self.registry.compile("schema.proto", schema)
            message = message_class(files, self.name, found.message_indexes)
            self.made[which] = ProtobufDeserializer(message, self.conf, self.registry)
        return self.made[which](data, context)


def unknown(message, at=""):
    """Numbers of fields that the schema does not have: they would not show in the value."""
    found = [f"{at}{field.field_number}" for field in unknown_fields.UnknownFieldSet(message)]
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            if field.message_type.fields_by_name["value"].message_type is None:
                continue
            inner = value.values()
        else:
            inner = value if field.is_repeated else [value]
        for one in inner:
            found += unknown(one, f"{at}{field.name}.")
    return found


def text_of(value):
    if value is None:
        return None
    return value if isinstance(value, str) else value.decode("utf-8", "backslashreplace")


def plain(value):
    """What a deserializer gives, as JSON."""
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, (datetime.date, datetime.datetime, datetime.time)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def to_avro(value, schema, named):
    """The same way back: Python's values for a parsed schema. A union takes its first branch that fits."""
    if isinstance(schema, str) and schema in named:
        schema = named[schema]
    if isinstance(schema, list):
        for branch in schema:
            try:
                return to_branch(value, branch, named)
            except (ValueError, TypeError, KeyError, decimal.InvalidOperation):
                continue
        raise ValueError("no branch of a union fits a value")
    kind = schema if isinstance(schema, str) else schema["type"]
    logical = None if isinstance(schema, str) else schema.get("logicalType")
    if isinstance(kind, (dict, list)):
        return to_avro(value, kind, named)
    if kind == "record":
        need(isinstance(value, dict) and value.keys() <= {field["name"] for field in schema["fields"]})
        missing = [f for f in schema["fields"] if f["name"] not in value and "default" not in f]
        need(not missing)
        fields = [field for field in schema["fields"] if field["name"] in value]
        return {field["name"]: to_avro(value[field["name"]], field["type"], named) for field in fields}
    if kind == "array":
        need(isinstance(value, list))
        return [to_avro(inner, schema["items"], named) for inner in value]
    if kind == "map":
        need(isinstance(value, dict))
        return {name: to_avro(inner, schema["values"], named) for name, inner in value.items()}
    if kind == "null":
        need(value is None)
    elif kind == "boolean":
        need(isinstance(value, bool))
    elif logical == "decimal":
        need(isinstance(value, str))
        return decimal.Decimal(value)
    elif kind in ("bytes", "fixed"):
        need(isinstance(value, str))
        return base64.b64decode(value, validate=True)
    elif kind in ("int", "long"):
        return to_whole(value, logical)
    elif kind in ("float", "double"):
        need(isinstance(value, (int, float)) and not isinstance(value, bool))
    elif kind == "enum":
        need(value in schema["symbols"])
    else:
        need(isinstance(value, str))
        return uuid.UUID(value) if logical == "uuid" else value
    return value


def to_branch(value, branch, named):
    inner = to_avro(value, branch, named)
    known = named.get(branch, branch) if isinstance(branch, str) else branch
    # fastavro takes the branch that is named so; of two records that fit it would choose itself.
    if isinstance(known, dict) and known.get("type") == "record":
        return (known["name"], inner)
    return inner


def to_whole(value, logical):
    """A number, or a date or a time as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    need(isinstance(value, str) and logical is not None)
    if logical == "date":
        return datetime.date.fromisoformat(value)
    if logical.startswith("time-"):
        return datetime.time.fromisoformat(value)
    return datetime.datetime.fromisoformat(value)


def need(yes):
    if not yes:
        raise ValueError("a value does not fit the schema")


if __name__ == "__main__":
    main()
