from dockerlint_py.facts import Blur, Environment, EnvLayer, Known, LayerId, Layers, Unknown


def test_the_topmost_layer_decides() -> None:
    layers = Layers[str](()).over("base image", Known("root")).over("Dockerfile", Known("app"))
    assert layers.known == "app"
    assert isinstance(layers.over("Compose", Unknown("a variable")).effective, Unknown)
    assert isinstance(Layers[str](()).effective, Unknown)


def test_a_variable_is_looked_up_from_the_top() -> None:
    environment = Environment((EnvLayer("base image", {"A": Known("1"), "B": Known("2")}),))
    environment = environment.over(EnvLayer("Dockerfile", {"A": Known("3")}))
    assert environment.get("A") == Known("3")
    assert environment.get("B") == Known("2")
    missing = environment.get("C")
    assert isinstance(missing, Known)
    assert missing.value is None


def test_a_layer_that_may_hold_more_hides_what_is_below() -> None:
    hidden = EnvLayer("env_file", {"B": Known("2")}, Unknown("the env_file is not there"))
    environment = Environment((EnvLayer("base image", {"A": Known("1")}), hidden))
    assert environment.get("B") == Known("2")
    assert isinstance(environment.get("A"), Unknown)
    assert isinstance(environment.get("C"), Unknown)


def test_blur_hides_what_it_is_told_and_lists_what_there_is() -> None:
    layer = LayerId("Dockerfile", "user", 0)
    blur = Blur(frozenset({layer}))
    assert isinstance(blur.fact("Dockerfile", "user", 0, Known("root")), Unknown)
    assert blur.fact("Dockerfile", "user", 1, Known("root")) == Known("root")
    assert list(blur.seen) == [layer, LayerId("Dockerfile", "user", 1)]
