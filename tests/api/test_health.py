def test_a_running_server_says_that_it_is_well(client):
    answer = client.get("/api/v1/health")

    assert answer.json == {"status": "ok"}
    assert answer.headers["Sync-Server"] == "1"


def test_a_server_with_a_database_is_ready(client):
    assert client.get("/api/v1/ready").json == {"status": "ready"}
